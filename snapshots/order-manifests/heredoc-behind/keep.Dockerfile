# syntax=docker/dockerfile:1
FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && cat > /etc/letters.conf <<SETTINGS
level = 1
SETTINGS
CMD ["node", "src/index.js"]
