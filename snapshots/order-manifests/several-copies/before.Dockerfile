FROM node:20
WORKDIR /app
COPY shared ./shared
COPY app ./
RUN npm ci
