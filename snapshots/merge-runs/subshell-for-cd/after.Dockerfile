FROM debian:12
WORKDIR /src
RUN ( cd lib && make ) && \
    ( cd app && \
    make && \
    make install ) && \
    rm -rf lib
