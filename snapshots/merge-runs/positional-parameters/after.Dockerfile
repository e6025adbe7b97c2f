FROM debian:bookworm
RUN ( set -- --prefix=/usr; ./configure "$@" ) && \
    make install
