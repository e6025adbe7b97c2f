FROM oven/bun:1
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN bun run build
USER bun
EXPOSE 3000
CMD ["bun", "--hot", "src/server.ts"]
