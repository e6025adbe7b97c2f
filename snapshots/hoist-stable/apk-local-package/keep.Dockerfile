FROM alpine:3.22
WORKDIR /app
COPY . .
RUN apk add --allow-untrusted packages/shop.apk
CMD ["shop"]
