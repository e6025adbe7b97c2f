FROM debian:bookworm
COPY . /data/app
RUN apt-get update && apt-get install -y curl && mkdir -p /data/cache
CMD ["/data/app/src/app.js"]
