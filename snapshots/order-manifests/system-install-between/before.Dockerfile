FROM node:20
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
RUN npm ci && npm cache clean --force
RUN npm run build
