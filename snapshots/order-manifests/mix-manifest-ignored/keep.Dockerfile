FROM elixir:1.18-slim
WORKDIR /app
COPY . .
RUN mix deps.get
RUN mix release
CMD ["_build/dev/rel/letters/bin/letters", "start"]
