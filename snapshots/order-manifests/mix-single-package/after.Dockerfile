FROM elixir:1.18
WORKDIR /app
COPY mix.exs mix.lock ./
RUN mix deps.get
COPY . .
RUN mix deps.compile jason
RUN mix compile
CMD ["mix", "run", "--no-halt"]
