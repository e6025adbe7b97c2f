FROM debian:12
WORKDIR /srv/shop
COPY . .
ARG PYTHON=python3
RUN apt-get update && apt-get install -y $PYTHON
