FROM elixir:1.18-slim AS build
ENV MIX_ENV=prod
WORKDIR /app
COPY mix.exs mix.lock ./
COPY config/config.exs config/dev.exs config/prod.exs config/test.exs ./config/
RUN mix local.hex --force && mix local.rebar --force
RUN mix deps.get --only prod
RUN mix deps.compile
COPY . .
RUN mix release

FROM debian:trixie-slim
COPY --from=build /app/_build/prod/rel/letters /app
CMD ["/app/bin/letters", "start"]
