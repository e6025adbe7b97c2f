FROM node:20
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends libcairo2-dev
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
