FROM node:20
WORKDIR /app
COPY . .
COPY config/production.json settings
RUN npm ci
CMD ["node", "server.js"]
