FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
COPY vendor/words-1.0-py3-none-any.whl ./vendor/
RUN uv sync --frozen
COPY . .
