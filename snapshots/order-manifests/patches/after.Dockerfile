FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
COPY patches ./patches/
RUN npm ci
COPY . .
