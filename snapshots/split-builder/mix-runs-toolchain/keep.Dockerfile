FROM elixir:1.18
WORKDIR /app
COPY . .
RUN mix deps.get
RUN mix compile
CMD ["mix", "run", "--no-halt"]
