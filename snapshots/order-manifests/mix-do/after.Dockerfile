FROM elixir:1.18
WORKDIR /app
COPY mix.exs mix.lock ./
RUN mix do local.hex --force, local.rebar --force, deps.get, deps.compile
COPY . .
RUN mix compile
