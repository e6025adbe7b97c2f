FROM elixir:1.18
ENV MIX_EXS=other.exs
WORKDIR /app
COPY . .
RUN mix deps.get
RUN mix compile
CMD ["mix", "run", "--no-halt"]
