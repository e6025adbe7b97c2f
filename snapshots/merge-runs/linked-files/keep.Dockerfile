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
