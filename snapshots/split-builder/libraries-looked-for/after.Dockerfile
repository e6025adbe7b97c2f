FROM debian:13 AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libc6-dev
WORKDIR /app
COPY . .
RUN gcc -shared -fPIC -o libtides.so tides.c
RUN echo /app >/etc/ld.so.conf.d/tides.conf && ldconfig
RUN gcc -o tides main.c -L. -ltides

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
WORKDIR /app
RUN echo /app >/etc/ld.so.conf.d/tides.conf && ldconfig
COPY --from=builder /app/libtides.so ./libtides.so
COPY --from=builder /app/tides ./tides
RUN ldconfig
CMD ["./tides"]
