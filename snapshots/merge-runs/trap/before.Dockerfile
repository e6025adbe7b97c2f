FROM debian:bookworm
RUN trap 'rm -rf /tmp/build' EXIT; make
RUN make install
