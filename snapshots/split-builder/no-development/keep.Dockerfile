FROM node:20
WORKDIR /app
ENV NODE_ENV=production
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
