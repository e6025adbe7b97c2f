FROM node:20
WORKDIR /app
COPY shared ./shared
COPY app/package.json app/package-lock.json ./
RUN npm ci
COPY app ./
