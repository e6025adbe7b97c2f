FROM debian:12
RUN <<EOF
touch /one
EOF
RUN touch /two
