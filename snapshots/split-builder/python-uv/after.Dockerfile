FROM python:3.12-slim-bookworm AS base
COPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv

FROM base AS builder
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev
RUN rm -rf uv.lock

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1
WORKDIR /app
COPY --from=builder /app ./
ENV PATH="/app/.venv/bin:$PATH"
CMD ["shop"]
