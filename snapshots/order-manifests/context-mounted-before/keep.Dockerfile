# syntax=docker/dockerfile:1
FROM node:20
WORKDIR /app
RUN --mount=type=bind,target=/context du -s /context
COPY . .
RUN npm ci
CMD ["node", "src/index.js"]
