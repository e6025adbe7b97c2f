FROM debian:bookworm
RUN set -- --prefix=/usr; ./configure "$@"
RUN make install
