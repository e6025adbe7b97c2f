FROM node:20 AS base
RUN npm install -g pnpm@9
WORKDIR /app

FROM base AS builder
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --config.modules-cache-max-age=0

FROM base
COPY --from=builder /app/package.json /app/pnpm-lock.yaml /app/pnpm-workspace.yaml ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/packages ./packages
WORKDIR /app/packages/api
CMD ["npm", "start"]
