FROM debian:bookworm
COPY . /app
WORKDIR /app/src
RUN apt-get update && apt-get install -y curl && curl -fsSLo tool https://tools.example/v1.2.3/tool
CMD ["./tool"]
