FROM debian:12
RUN <<'EOF'
set -eux
mkdir /srv/app
echo $HOME > /srv/app/home
set -eux
touch "/srv/app/$(id -u)"
set -eux
touch /srv/end
EOF
