FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0 && poetry config virtualenvs.in-project true
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /root/.config/pypoetry /root/.config/pypoetry
COPY --from=builder /app/.venv ./.venv
COPY . .
CMD [".venv/bin/python", "-m", "shop"]
