FROM node:20-alpine
RUN apk add --no-cache python3 make g++ vips
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
