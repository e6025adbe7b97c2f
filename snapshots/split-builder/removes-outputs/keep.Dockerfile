FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN rm -rf dist
CMD ["node", "dist/server.js"]
