FROM node:20
RUN corepack enable
USER node
WORKDIR /home/node/app
COPY --chown=node:node . .
RUN pnpm install --frozen-lockfile
RUN pnpm build
CMD ["pnpm", "start"]
