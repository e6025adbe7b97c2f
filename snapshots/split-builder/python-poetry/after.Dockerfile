FROM python:3.12-slim-bookworm AS base
ENV POETRY_VIRTUALENVS_CREATE=false

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5
WORKDIR /app
RUN rm -rf /usr/local/lib/python3.12/site-packages
COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=builder /usr/local/bin /usr/local/bin
COPY --from=builder /usr/local/etc /usr/local/etc
COPY --from=builder /usr/local/include /usr/local/include
COPY --from=builder /usr/local/share /usr/local/share
COPY . .
CMD ["python", "-m", "shop"]
