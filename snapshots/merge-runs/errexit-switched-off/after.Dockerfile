FROM debian:bookworm
RUN ( set +e; make ) && \
    make install
