FROM debian:bookworm
COPY . /app
VOLUME /app/data
RUN apt-get update && apt-get install -y curl
CMD ["/app/src/app.js"]
