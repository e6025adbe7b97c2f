FROM elixir:1.18
WORKDIR /app
COPY . .
RUN mix deps.get
RUN mix release --path ../shop
CMD ["/srv/shop/bin/shop", "start"]
