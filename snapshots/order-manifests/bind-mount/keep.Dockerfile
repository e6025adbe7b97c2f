FROM node:20
WORKDIR /app
COPY . .
RUN --mount=type=bind,source=certs,target=/certs npm ci
