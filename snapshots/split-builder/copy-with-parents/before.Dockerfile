# syntax=docker/dockerfile:1.20
FROM node:20
WORKDIR /app
COPY --parents client/package*.json server/package*.json ./
RUN npm --prefix client ci
RUN npm --prefix server ci
COPY . .
RUN npm --prefix client run build
RUN npm --prefix server run build
CMD ["node", "server/dist/index.js"]
