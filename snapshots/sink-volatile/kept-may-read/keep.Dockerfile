FROM debian:12
ARG GIT_SHA
RUN ./configure && apt-get update && apt-get install -y gcc
