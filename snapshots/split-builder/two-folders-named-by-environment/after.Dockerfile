FROM node:20 AS base

WORKDIR /app/client

FROM base AS builder
COPY client/package*.json ./
RUN npm ci
COPY client/ ./
RUN npm run build

WORKDIR /app/server
COPY server/package*.json ./
RUN npm ci
COPY server/ ./
RUN npm run build
RUN npm prune --omit=dev --no-save
RUN rm -rf /app/server/src /app/server/tsconfig.json

FROM base
WORKDIR /app/server
COPY --from=builder /app/client /app/client
COPY --from=builder /app/server /app/server

ENV PAGES=/app/client
EXPOSE 3000
CMD ["npm", "start"]
