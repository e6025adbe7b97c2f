FROM node:20
WORKDIR /app
COPY ["my app/package.json", "my app/package-lock.json", "./"]
RUN npm ci
COPY ["my app", "./"]
