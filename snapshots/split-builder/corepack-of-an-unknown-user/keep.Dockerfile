FROM node:20
RUN corepack enable && useradd -r -m shop
WORKDIR /app
RUN chown shop:shop .
USER shop
COPY --chown=shop:shop . .
RUN pnpm install --frozen-lockfile
RUN pnpm build
CMD ["pnpm", "start"]
