FROM node:20
RUN corepack enable
WORKDIR /app
COPY . .
RUN cd packages/web && pnpm install --frozen-lockfile
CMD ["node", "packages/web/src/index.js"]
