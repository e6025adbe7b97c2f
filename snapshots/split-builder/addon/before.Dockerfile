FROM node:20-bookworm-slim

RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 tini \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev

COPY src ./src
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "src/server.js"]
