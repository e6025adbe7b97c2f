FROM python:3.12 AS base
# Who runs it
RUN useradd --create-home app
WORKDIR /app

FROM base AS builder
COPY requirements.txt .
RUN python -m venv /opt/venv \
    # the compilers of the larger image
    && /opt/venv/bin/pip install -r requirements.txt

FROM python:3.12-slim
# Who runs it
RUN useradd --create-home app
WORKDIR /app
RUN apt-get update \
    # asked by the health check
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
COPY --from=builder /opt/venv /opt/venv
COPY app.py .
HEALTHCHECK CMD curl --fail http://localhost:8000/
USER app
CMD ["/opt/venv/bin/python", "app.py"]
