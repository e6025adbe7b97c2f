FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN yarn install --immutable
RUN yarn build
RUN yarn workspaces focus --production

FROM base
COPY --from=builder /app/package.json /app/yarn.lock /app/.yarnrc.yml ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/.yarn ./.yarn
COPY --from=builder /app/dist ./dist
CMD ["node", "dist/server.js"]
