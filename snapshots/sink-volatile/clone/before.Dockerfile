FROM debian:13
ARG GIT_SHA
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git
RUN git clone https://github.com/example/shop.git /app
LABEL org.opencontainers.image.revision=$GIT_SHA
