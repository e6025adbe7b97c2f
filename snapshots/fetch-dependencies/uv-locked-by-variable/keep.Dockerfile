FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
ENV UV_LOCKED=1
WORKDIR /app
COPY . .
RUN uv sync
