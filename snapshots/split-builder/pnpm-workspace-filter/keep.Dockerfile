FROM node:20
RUN npm install -g pnpm@9
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile --filter @dictionary/api...
RUN pnpm --filter @dictionary/api... build
CMD ["node", "packages/api/dist/server.js"]
