FROM oven/bun:1
WORKDIR /app
COPY . .
RUN bun install --frozen-lockfile
RUN bun build src/server.ts --compile --outfile=almanac
USER bun
EXPOSE 3000
CMD ["./almanac"]
