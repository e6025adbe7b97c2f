FROM debian:bookworm
SHELL ["/bin/bash", "-c"]
RUN trap 'echo failed' ERR; make
RUN make install
