FROM node:22 AS base
WORKDIR /app

FROM base AS builder
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && cp -r public .next/standalone/ && cp -r .next/static .next/standalone/.next/

FROM base
COPY --from=builder /app/.next/standalone ./.next/standalone
ENV HOSTNAME=0.0.0.0
EXPOSE 3000
USER node
CMD ["node", ".next/standalone/server.js"]
