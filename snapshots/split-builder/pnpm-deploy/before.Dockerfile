FROM node:20
RUN npm install -g pnpm@9
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter @dictionary/api deploy --prod /srv/api
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
