FROM debian:12
USER app
WORKDIR /app
USER root
RUN apt-get update && apt-get install -y git
COPY . .
USER app
