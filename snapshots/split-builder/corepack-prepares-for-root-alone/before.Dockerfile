FROM node:20
RUN corepack enable && corepack prepare pnpm@latest --activate && useradd -r shop
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm build
USER shop
CMD ["pnpm", "start"]
