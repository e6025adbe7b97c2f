FROM alpine:3.20

RUN apk add --no-cache git

RUN adduser -D builder
RUN mkdir -p /srv/app && chown builder /srv/app
USER builder
RUN git config --global user.name builder
RUN git config --global user.email builder@example.com
