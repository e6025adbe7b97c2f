FROM node:20
RUN npm install -g pnpm@10.34.9
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter=api --prod deploy --legacy /srv/api
WORKDIR /srv/api
CMD ["sh", "-c", "node /app/scripts/prepare.js && node dist/server.js"]
