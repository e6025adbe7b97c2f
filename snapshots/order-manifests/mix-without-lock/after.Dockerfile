FROM elixir:1.18
WORKDIR /app
COPY mix.exs ./
RUN mix deps.get
COPY . .
RUN mix compile
CMD ["mix", "run", "--no-halt"]
