FROM node:20-alpine3.20 AS base

FROM base AS builder
RUN apk add --no-cache python3 make g++
WORKDIR /app
COPY . .
RUN npm ci

FROM base
RUN apk add --no-cache python3 libatomic libgcc libgomp libstdc++
WORKDIR /app
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/src ./src
EXPOSE 3000
CMD ["npm", "start"]
