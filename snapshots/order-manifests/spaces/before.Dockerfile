FROM node:20
WORKDIR /app
COPY ["my app", "./"]
RUN npm ci
