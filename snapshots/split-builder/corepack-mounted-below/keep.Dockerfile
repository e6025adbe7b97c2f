FROM node:20
RUN corepack enable
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.cache/node/corepack/v1 pnpm install --frozen-lockfile
RUN pnpm build
CMD ["pnpm", "start"]
