FROM debian:12
RUN apt-get update && apt-get install -y gcc
ARG GIT_SHA
COPY . /app
LABEL commit=$GIT_SHA
