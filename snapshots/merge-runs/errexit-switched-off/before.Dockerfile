FROM debian:bookworm
RUN set +e; make
RUN make install
