FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app/services/api
COPY services/api/pyproject.toml services/api/uv.lock /app/services/api/
RUN uv sync --frozen
COPY . /app
