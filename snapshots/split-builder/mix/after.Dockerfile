FROM elixir:1.18 AS base

FROM base AS builder
RUN apt-get update && apt-get install -y build-essential git
ENV MIX_ENV=prod
WORKDIR /app
RUN mix local.hex --force && mix local.rebar --force
COPY . .
RUN mix deps.get --only prod
RUN mix deps.compile
RUN mix release

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 ca-certificates
ENV MIX_ENV=prod
WORKDIR /app
COPY --from=builder /app/data ./data
COPY --from=builder /app/_build/prod/rel/shop ./_build/prod/rel/shop

EXPOSE 4000
CMD ["_build/prod/rel/shop/bin/shop", "start"]
