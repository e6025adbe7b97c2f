FROM debian:bookworm
USER letters
WORKDIR /app
COPY . .
RUN sudo apt-get update && sudo apt-get install -y curl
CMD ["./src/app.js"]
