FROM node:20
WORKDIR /app
COPY . .
COPY <<SETTINGS settings.json
{ "level": 1 }
SETTINGS
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
