FROM node:20-bookworm-slim
RUN apt-get update -q && apt-get install -y --no-install-recommends make
RUN apt-get install -y tini
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
