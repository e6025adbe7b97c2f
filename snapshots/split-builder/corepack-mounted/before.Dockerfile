FROM node:20
RUN corepack enable
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.cache pnpm install --frozen-lockfile
RUN --mount=type=cache,target=/root/.cache pnpm build
CMD ["pnpm", "start"]
