FROM python:3.12
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY api/pyproject.toml api/uv.lock ./api/
RUN cd /app/api && uv sync --frozen --no-install-project
COPY . .
RUN uv sync --frozen --directory api
CMD ["api/.venv/bin/letters"]
