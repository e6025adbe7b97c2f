FROM debian:12
RUN <<EOF
touch /one
EOF
RUN <<END
touch /EOF
EOF
END
