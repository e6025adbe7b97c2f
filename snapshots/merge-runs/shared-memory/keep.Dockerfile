FROM debian:bookworm
RUN TMPDIR=/dev/shm make
RUN make install
