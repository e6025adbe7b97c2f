FROM debian:13
WORKDIR /app
COPY tools tools
RUN cd tools && apt-get update && apt-get install -y --no-install-recommends python3
