FROM elixir:1.18
WORKDIR /app
COPY mix.exs mix.lock ./
COPY config ./config/
RUN mix deps.get
COPY . .
RUN mix compile
CMD ["mix", "run", "--no-halt"]
