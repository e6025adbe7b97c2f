FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
COPY src server/src
RUN mkdir -p server/logs
RUN npm ci
CMD ["node", "server/src/index.js"]
