FROM node:20-alpine
WORKDIR /app
RUN corepack enable
RUN corepack prepare pnpm@9.15.9 --activate
COPY . .
RUN corepack install
RUN pnpm install --frozen-lockfile
CMD ["node", "server.js"]
