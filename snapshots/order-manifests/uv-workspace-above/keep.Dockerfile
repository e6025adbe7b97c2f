FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app/services/api
COPY . /app
RUN uv sync --frozen
