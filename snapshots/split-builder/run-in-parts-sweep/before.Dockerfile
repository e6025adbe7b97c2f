FROM node:20-slim
WORKDIR /app
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm set -eux && \
    export DEBIAN_FRONTEND=noninteractive && \
    apt-get update && \
    # openssl stays, the others go below
    apt-get install -y --no-install-recommends openssl python3 make g++ && \
    rm -rf /var/lib/apt/lists/* && \
    npm ci
COPY . .
RUN npm run build && apt-get purge -y python3 make g++ && apt-get autoremove -y
CMD ["node", "dist/server.js"]
