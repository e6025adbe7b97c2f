FROM oven/bun:1
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN bun build src/page.ts --outdir=public/js
USER bun
EXPOSE 3000
CMD ["bun", "src/server.ts"]
