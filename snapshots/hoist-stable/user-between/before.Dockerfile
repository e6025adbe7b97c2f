FROM debian:12
USER app
WORKDIR /app
COPY . .
USER root
RUN apt-get update && apt-get install -y git
USER app
