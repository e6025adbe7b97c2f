FROM node:20
WORKDIR /app
COPY client/package*.json client/
RUN npm ci --prefix client
COPY server/package*.json server/
RUN npm ci --prefix server
COPY . .
RUN npm run build --prefix client && npm --prefix server run build
ENV NODE_ENV=production
EXPOSE 3000
CMD ["node", "server/dist/index.js"]
