FROM node:20 AS base
RUN corepack enable pnpm
WORKDIR /app

FROM base AS builder
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
RUN yarn install --production --frozen-lockfile --ignore-scripts --prefer-offline

FROM base
COPY --from=builder /app/package.json /app/yarn.lock ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/dist ./dist
CMD ["yarn", "start"]
