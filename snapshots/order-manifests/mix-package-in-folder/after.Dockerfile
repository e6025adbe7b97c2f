FROM elixir:1.18
WORKDIR /app
COPY mix.exs mix.lock ./
COPY words/mix.exs ./words/
RUN mix deps.get
COPY . .
RUN mix compile
CMD ["mix", "run", "--no-halt"]
