FROM debian:12
COPY . .
RUN apt-get update && apt-get install -y git
