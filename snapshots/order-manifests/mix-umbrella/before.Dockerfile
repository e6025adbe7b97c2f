FROM elixir:1.18
WORKDIR /src
COPY . .
RUN mix deps.get
RUN mix compile
