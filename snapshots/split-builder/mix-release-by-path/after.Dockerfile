FROM elixir:1.18 AS base
ENV MIX_ENV=prod
WORKDIR /app

FROM base AS builder
COPY . .
RUN mix do deps.get --only prod, deps.compile && mix release --overwrite --path /srv/shop

FROM base
COPY --from=builder /app/data ./data
COPY --from=builder /srv/shop /srv/shop
CMD ["/srv/shop/bin/shop", "start"]
