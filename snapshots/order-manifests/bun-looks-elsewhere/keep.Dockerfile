FROM oven/bun:1.2 AS names
WORKDIR /app
COPY names .
RUN bun add ms

FROM oven/bun:1.2 AS packages
WORKDIR /app
COPY packages .
RUN bun install ms

FROM oven/bun:1.2 AS environment
ENV BUN_INSTALL=/opt/bun
WORKDIR /app
COPY environment .
RUN bun install --frozen-lockfile

FROM oven/bun:1.2 AS variables
WORKDIR /app
COPY variables .
RUN bun install --frozen-lockfile

FROM oven/bun:1.2 AS patch
WORKDIR /app
COPY patch .
RUN bun install --frozen-lockfile

FROM oven/bun:1.2 AS settings
WORKDIR /app
COPY settings .
RUN bun install --frozen-lockfile
