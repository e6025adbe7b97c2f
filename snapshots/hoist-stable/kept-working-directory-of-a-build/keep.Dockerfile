FROM debian:bookworm
ARG FOLDER
COPY . /app
WORKDIR $FOLDER
RUN apt-get update && apt-get install -y curl
CMD ["/app/src/app.js"]
