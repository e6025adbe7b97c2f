FROM alpine:3.20

RUN apk add --no-cache git && \
    adduser -D builder && \
    mkdir -p /srv/app && chown builder /srv/app
USER builder
RUN git config --global user.name builder && \
    git config --global user.email builder@example.com
