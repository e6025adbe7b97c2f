FROM debian:12
WORKDIR /src
RUN cd lib && make
RUN cd app && \
    make && \
    make install
RUN rm -rf lib
