FROM debian:bookworm
SHELL ["/bin/sh", "-ec"]
RUN ( eval "$(cat /etc/build.env)"; make ); \
    make install
