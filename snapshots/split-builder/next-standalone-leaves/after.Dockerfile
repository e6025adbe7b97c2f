FROM node:22 AS base
WORKDIR /app

FROM base AS builder
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && cp -r public .next/standalone/ && cp -r .next/static .next/standalone/.next/
RUN npm prune --omit=dev --no-save

FROM base
COPY --from=builder /app/package.json /app/package-lock.json /app/next.config.mjs ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/app ./app
COPY --from=builder /app/data ./data
COPY --from=builder /app/public ./public
COPY --from=builder /app/.next ./.next
ENV HOSTNAME=0.0.0.0
EXPOSE 3000
USER node
CMD ["node", ".next/standalone/server.js"]
