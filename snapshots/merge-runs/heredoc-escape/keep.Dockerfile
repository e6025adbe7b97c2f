FROM debian:12
RUN <<EOF
cd /tmp
touch one
EOF
RUN <<EOF
touch two
EOF
