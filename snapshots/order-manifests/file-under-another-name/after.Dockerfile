FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
COPY .env.example .env
COPY config/production.json settings.json
CMD ["node", "server.js"]
