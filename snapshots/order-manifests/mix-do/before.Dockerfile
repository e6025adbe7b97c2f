FROM elixir:1.18
WORKDIR /app
COPY . .
RUN mix do local.hex --force, local.rebar --force, deps.get, deps.compile
RUN mix compile
