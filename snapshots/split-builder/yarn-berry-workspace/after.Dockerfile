FROM node:20 AS base
WORKDIR /app

FROM base AS builder
COPY . .
RUN yarn install --immutable
RUN yarn workspaces foreach -At run build
RUN yarn workspaces focus --all --production

FROM base
COPY --from=builder /app/package.json /app/yarn.lock /app/.yarnrc.yml ./
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/packages ./packages
CMD ["node", "packages/api/dist/server.js"]
