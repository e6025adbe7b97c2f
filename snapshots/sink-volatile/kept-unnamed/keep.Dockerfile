FROM debian:13
ARG COMMIT
RUN apt-get update && apt-get upgrade -y
COPY shop /usr/local/bin/
