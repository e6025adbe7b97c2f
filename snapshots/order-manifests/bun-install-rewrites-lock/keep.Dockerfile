FROM oven/bun:1.2 AS unreadable
WORKDIR /app
COPY unreadable .
RUN bun install

FROM oven/bun:1.2 AS newer
WORKDIR /app
COPY newer .
RUN bun install

FROM oven/bun:1.2 AS step
WORKDIR /app
COPY step .
RUN bun install

FROM oven/bun:1.2 AS member
WORKDIR /app
COPY member .
RUN bun install
