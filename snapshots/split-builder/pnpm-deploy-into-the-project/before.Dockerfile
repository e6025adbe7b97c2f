FROM node:20
RUN npm install -g pnpm@8
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter @dictionary/api --prod deploy pruned
WORKDIR /app/pruned
CMD ["node", "dist/server.js"]
