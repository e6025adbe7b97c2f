FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build -ws
CMD ["node", "packages/api/dist/server.js"]
