FROM debian:bookworm
RUN exec > /var/log/build.log; make
RUN make install
