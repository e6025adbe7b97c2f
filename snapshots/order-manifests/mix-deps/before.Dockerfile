FROM elixir:1.18-slim AS build
ENV MIX_ENV=prod
WORKDIR /app
COPY . .
RUN mix local.hex --force && mix local.rebar --force
RUN mix deps.get --only prod
RUN mix deps.compile
RUN mix release

FROM debian:trixie-slim
COPY --from=build /app/_build/prod/rel/letters /app
CMD ["/app/bin/letters", "start"]
