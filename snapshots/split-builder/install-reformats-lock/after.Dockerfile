FROM node:20 AS base

WORKDIR /app

FROM base AS builder
COPY package.json package-lock.json ./
RUN npm install

COPY . .
RUN npm run build
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/public ./public
COPY --from=builder /app/dist ./dist

ENV NODE_ENV=production
EXPOSE 3000
CMD ["npm", "start"]
