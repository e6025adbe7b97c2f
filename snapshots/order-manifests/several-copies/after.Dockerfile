FROM node:20
WORKDIR /app
COPY app/package.json app/package-lock.json ./
RUN npm ci
COPY shared ./shared
COPY app ./
