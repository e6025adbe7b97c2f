FROM alpine:3.20
COPY --chown=1000 --from=nginx:1.27 /etc/nginx/mime.types /etc/mime.types
RUN --mount=type=bind,from=node:20,source=/usr/local/bin,target=/node \
    --mount=type=cache,target=/root/.npm \
    /node/node --version
