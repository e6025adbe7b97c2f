FROM debian:12
USER app
WORKDIR /app
COPY . .
RUN ./configure
USER root
RUN apt-get update && apt-get install -y git
USER app
