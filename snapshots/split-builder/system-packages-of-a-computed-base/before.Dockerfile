ARG SUITE=bookworm
FROM node:20-${SUITE}-slim
RUN apt-get update && apt-get install -y --no-install-recommends git make
RUN apt-get update && apt-get install -y --no-install-recommends libicu-dev
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
