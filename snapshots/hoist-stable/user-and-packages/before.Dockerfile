FROM alpine:3.20

WORKDIR /srv/shop

# The shop itself
COPY . .

RUN addgroup -S shop && adduser -S -G shop shop

# What it draws pictures with
RUN apk add --no-cache \
    # the formats
    libpng \
    libjpeg-turbo

RUN chown -R shop:shop .

USER shop
CMD ["./shop"]
