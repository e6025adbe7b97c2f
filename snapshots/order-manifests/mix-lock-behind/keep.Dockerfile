FROM elixir:1.18
WORKDIR /app
COPY . .
RUN mix deps.get
