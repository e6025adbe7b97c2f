FROM elixir:1.18
ENV MIX_ENV=prod
WORKDIR /app
COPY . .
RUN mix do deps.get, compile, sentry.package_source_code, release
CMD ["_build/prod/rel/letters/bin/letters", "start"]
