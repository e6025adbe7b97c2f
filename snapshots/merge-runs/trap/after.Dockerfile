FROM debian:bookworm
RUN ( trap 'rm -rf /tmp/build' EXIT; make ) && \
    make install
