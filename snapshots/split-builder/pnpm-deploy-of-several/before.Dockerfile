FROM node:20
RUN npm install -g pnpm@12
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN pnpm -r build
RUN pnpm --filter=api --prod deploy /srv/api
RUN pnpm --filter=words --prod deploy /srv/words
WORKDIR /srv/api
CMD ["node", "dist/server.js"]
