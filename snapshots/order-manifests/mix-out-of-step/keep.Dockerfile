FROM elixir:1.18-slim AS missing
WORKDIR /app
COPY missing .
RUN mix deps.get

FROM elixir:1.18-slim AS old
WORKDIR /app
COPY old .
RUN mix deps.get

FROM elixir:1.18-slim AS absent
WORKDIR /app
COPY absent .
RUN mix deps.get

FROM elixir:1.18-slim AS reads
WORKDIR /app
COPY reads .
RUN mix deps.get

FROM elixir:1.18-slim AS path
WORKDIR /app
COPY path .
RUN mix deps.get

FROM elixir:1.18-slim AS above
WORKDIR /app
COPY above .
RUN mix deps.get

FROM elixir:1.18-slim AS update
WORKDIR /app
COPY update .
RUN mix deps.update --all
