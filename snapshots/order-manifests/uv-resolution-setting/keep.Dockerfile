FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY . .
RUN uv sync
