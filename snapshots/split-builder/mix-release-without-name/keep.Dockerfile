FROM elixir:1.18
ENV MIX_ENV=prod
WORKDIR /app
COPY . .
RUN mix deps.get && mix release
CMD ["_build/prod/rel/letters/bin/letters", "start"]
