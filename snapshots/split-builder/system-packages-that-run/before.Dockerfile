FROM node:20-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl git make wget && rm -rf /var/lib/apt/lists/*
RUN wget -qO /usr/local/bin/wait https://example.com/wait && chmod +x /usr/local/bin/wait
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
HEALTHCHECK CMD curl -f http://localhost:8080/
CMD ["node", "dist/server.js"]
