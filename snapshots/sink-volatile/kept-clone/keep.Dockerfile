FROM debian:bookworm
ARG BUILD_NUMBER
RUN git clone https://code.example/letters.git /letters
RUN apt-get update && apt-get install -y curl
CMD ["/letters/start"]
