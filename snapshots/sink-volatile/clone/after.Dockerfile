FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git
ARG GIT_SHA
RUN git clone https://github.com/example/shop.git /app
LABEL org.opencontainers.image.revision=$GIT_SHA
