FROM debian:13
RUN apt-get update && apt-get install -y gcc libc6-dev
WORKDIR /app
RUN chown nobody /app
COPY --chown=nobody . .
RUN gcc -shared -fPIC -o libtides.so tides.c
RUN echo /app >/etc/ld.so.conf.d/tides.conf && ldconfig
USER nobody
RUN gcc -o tides main.c -L. -ltides
CMD ["./tides"]
