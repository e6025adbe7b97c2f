FROM debian:12
COPY sources.list /etc/apt/sources.list
COPY . /app
WORKDIR /app
RUN cp certificates/*.crt /usr/local/share/ca-certificates/
RUN apt-get update && apt-get install -y internal-tool
