FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm --prefix worker ci
RUN npm run build
CMD ["node", "dist/index.js"]
