FROM node:20 AS base
RUN corepack enable
USER node
WORKDIR /home/node/app

FROM base AS builder
COPY --chown=node:node . .
RUN pnpm install --frozen-lockfile
RUN pnpm build
RUN pnpm prune --prod --ignore-scripts

FROM base
COPY --from=builder --chown=node:node /home/node/app/package.json /home/node/app/pnpm-lock.yaml ./
COPY --from=builder --chown=node /home/node/app/node_modules ./node_modules
COPY --from=builder --chown=node /home/node/app/dist ./dist
COPY --from=builder --chown=node /home/node/.cache/node/corepack /home/node/.cache/node/corepack
CMD ["pnpm", "start"]
