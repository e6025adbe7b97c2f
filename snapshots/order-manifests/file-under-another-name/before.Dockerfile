FROM node:20
WORKDIR /app
COPY . .
COPY .env.example .env
COPY config/production.json settings.json
RUN npm ci
CMD ["node", "server.js"]
