FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0
WORKDIR /app
COPY . .
RUN poetry config virtualenvs.create false && poetry install --only main --no-root
RUN rm -rf poetry.lock

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /root/.config/pypoetry /root/.config/pypoetry
COPY --from=builder /app ./
CMD ["python", "-m", "shop"]
