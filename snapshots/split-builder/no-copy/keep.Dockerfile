FROM node:20
WORKDIR /app
RUN npm ci
COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
