FROM elixir:1.18
WORKDIR /app
COPY . .
RUN mix deps.get
RUN mix release --path /srv/shop
CMD ["/srv/shop/bin/shop", "start"]
