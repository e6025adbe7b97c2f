FROM node:20
RUN npm install -g pnpm@9
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN pnpm fetch --ignore-scripts --config.enable-modules-dir=false
COPY . .
RUN pnpm install --frozen-lockfile
