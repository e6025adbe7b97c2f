FROM debian:12
RUN <<-EOF
	set -e
	mkdir /srv/app
	EOF
RUN <<-"EOF"
	set -e
	touch /srv/app/done
EOF
RUN <<EOF
set -e
	touch /end
EOF
