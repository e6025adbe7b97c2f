FROM alpine:3.20
RUN apk update && apk add nodejs npm
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci && rm -rf /var/cache/apk/*
