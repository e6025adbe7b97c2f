FROM elixir:1.18
ARG MIX_ENV
WORKDIR /app
COPY . .
RUN mix deps.get && mix release
CMD ["_build/prod/rel/letters/bin/letters", "start"]
