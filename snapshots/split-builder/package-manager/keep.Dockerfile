FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN yarn install
RUN npm run build
CMD ["node", "dist/server.js"]
