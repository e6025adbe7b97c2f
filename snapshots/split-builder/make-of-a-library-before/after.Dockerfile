FROM node:20 AS base
RUN curl -fsSL https://libraries.example/words-1.0.tar.gz | tar -xz -C /tmp && cd /tmp/words-1.0 && make && make install
WORKDIR /app

FROM base AS builder
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
