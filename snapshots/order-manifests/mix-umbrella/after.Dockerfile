FROM elixir:1.18
WORKDIR /src
COPY mix.exs mix.lock ./
COPY apps/core/mix.exs ./apps/core/
COPY apps/web/mix.exs ./apps/web/
RUN mix deps.get
COPY . .
RUN mix compile
