FROM debian:bookworm
RUN ( exec > /var/log/build.log; make ) && \
    make install
