FROM oven/bun:1
WORKDIR /app
COPY package.json bun.lock ./
COPY packages/words/package.json ./packages/words/
RUN bun install --frozen-lockfile
COPY . .
