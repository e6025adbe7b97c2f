FROM debian:bookworm
RUN eval "$(cat /etc/build.env)"; make
RUN make install
