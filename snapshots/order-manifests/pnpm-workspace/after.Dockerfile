FROM node:20
RUN npm install -g pnpm@9
WORKDIR /repo
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY packages/web/package.json ./packages/web/
COPY packages/words/package.json ./packages/words/
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm -r build
