FROM elixir:1.18

RUN apt-get update && apt-get install -y build-essential git
ENV MIX_ENV=prod
WORKDIR /app
RUN mix local.hex --force && mix local.rebar --force
COPY . .
RUN mix deps.get --only prod
RUN mix deps.compile
RUN mix release

EXPOSE 4000
CMD ["_build/prod/rel/shop/bin/shop", "start"]
