FROM debian:12
RUN <<'EOF'
set -eux
mkdir /srv/app
echo $HOME > /srv/app/home
EOF
RUN <<"END"
set -eux
touch "/srv/app/$(id -u)"
END
RUN <<EOF
set -eux
touch /srv/end
EOF
