FROM gcc:14 AS base
WORKDIR /usr/src/greetings

FROM base AS builder
COPY . .
RUN ./configure --prefix=/opt/greetings && make && make install

FROM base
COPY --from=builder /usr/src/greetings/data ./data
COPY --from=builder /opt/greetings /opt/greetings
CMD ["/opt/greetings/bin/greetings"]
