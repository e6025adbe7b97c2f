FROM node:20
WORKDIR /app
COPY . .
USER node
WORKDIR /app/src
WORKDIR /app
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
