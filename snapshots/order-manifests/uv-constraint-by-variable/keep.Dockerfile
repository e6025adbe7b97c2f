FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
ENV UV_CONSTRAINT=constraints.txt
WORKDIR /app
COPY . .
RUN uv sync --frozen
