FROM node:20 AS build
RUN npm install -g pnpm@10.34.9
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter=api --prod deploy --legacy /srv/api

FROM node:20-slim
COPY --from=build /srv/api /srv/api
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
