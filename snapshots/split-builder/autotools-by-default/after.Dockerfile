FROM debian:13 AS base

FROM base AS builder
RUN apt-get update && apt-get install -y autoconf automake gcc libc6-dev make
WORKDIR /src
COPY . .
RUN autoreconf -fi && ./configure && make -j4 && make install && ldconfig

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
WORKDIR /src
COPY --from=builder /src/data ./data
COPY --from=builder /usr/local /usr/local
RUN ldconfig
CMD ["tides"]
