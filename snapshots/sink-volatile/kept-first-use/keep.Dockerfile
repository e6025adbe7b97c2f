FROM debian:12
ARG VERSION=1.2.0
RUN curl -fsSL -o /opt/app.tar.gz https://example.com/app-$VERSION.tar.gz && apt-get update && apt-get install -y jq
RUN apt-get install -y make
