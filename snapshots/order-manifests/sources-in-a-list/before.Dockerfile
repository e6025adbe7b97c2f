FROM node:20
WORKDIR /app
COPY ["package.json", "package-lock.json", "server.js", "./"]
COPY src lib/
RUN npm ci
