FROM node:20
RUN apt-get update && apt-get install -y make libicu-dev
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
