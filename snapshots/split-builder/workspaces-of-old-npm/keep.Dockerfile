FROM node:16
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "packages/api/dist/server.js"]
