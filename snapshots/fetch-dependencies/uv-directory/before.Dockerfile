FROM python:3.12
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/
WORKDIR /app
COPY . .
RUN uv sync --frozen --directory api
CMD ["api/.venv/bin/letters"]
