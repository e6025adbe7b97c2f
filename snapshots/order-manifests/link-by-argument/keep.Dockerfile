# syntax=docker/dockerfile:1
FROM node:20
WORKDIR /app
COPY --link=false . .
RUN npm ci
CMD ["node", "src/index.js"]
