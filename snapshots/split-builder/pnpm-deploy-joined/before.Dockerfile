FROM node:20
RUN corepack enable
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile \
  && pnpm -r build \
  && pnpm deploy -F api --prod --config.inject-workspace-packages=true /srv/api
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
