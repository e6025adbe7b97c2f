FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
WORKDIR /app
ENV NODE_ENV=production
ARG TOKEN
USER node
LABEL of=letters
RUN npm ci
COPY . .
