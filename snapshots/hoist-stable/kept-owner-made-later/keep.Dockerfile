FROM alpine:3.20
COPY --chown=shop . /srv/shop
RUN apk add --no-cache shop-accounts
