FROM debian:12
RUN <<-EOF
	set -e
	mkdir /srv/app
EOF
RUN <<-END
	set -e
	echo "
	EOF
	" > /srv/app/text
END
