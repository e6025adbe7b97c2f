FROM debian:12
WORKDIR /app

RUN apt-get update && apt-get install -y git

COPY . .

CMD ["./run"]
