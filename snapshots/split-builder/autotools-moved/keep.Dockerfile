FROM debian:13
RUN apt-get update && apt-get install -y autoconf automake gcc libc6-dev make
WORKDIR /src
COPY . .
RUN autoreconf -fi && ./configure && make -j4 && make install DESTDIR=/out
CMD ["tides"]
