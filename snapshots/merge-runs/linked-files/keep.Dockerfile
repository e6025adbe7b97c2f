FROM node:20
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN chown -R node:node /app
USER node
CMD ["node", "index.js"]

FROM rust:1.85
WORKDIR /src
COPY . .
RUN cargo build --release
RUN strip target/release/server
CMD ["/src/target/release/server"]

FROM node:20
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN cp fixes/index.js node_modules/tides/index.js

FROM node:20
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN echo "module.exports = 1" > node_modules/tides/index.js

FROM node:20
WORKDIR /app
COPY . .
RUN pnpm install --frozen-lockfile
RUN find . -name "*.sh" | xargs chmod +x
