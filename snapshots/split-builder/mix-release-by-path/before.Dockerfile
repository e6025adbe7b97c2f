FROM elixir:1.18
ENV MIX_ENV=prod
WORKDIR /app
COPY . .
RUN mix do deps.get --only prod, deps.compile && mix release --overwrite --path /srv/shop
CMD ["/srv/shop/bin/shop", "start"]
