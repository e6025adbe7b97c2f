FROM python:3.12-slim-bookworm
COPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev
ENV PATH="/app/.venv/bin:$PATH"
CMD ["shop"]
