FROM python:3.12-slim-bookworm AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libpq-dev
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && rm -rf /root/.cache
COPY . .
RUN SECRET_KEY=none DEBUG=0 ./manage.py collectstatic --noinput
RUN rm -rf requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["gunicorn", "library.wsgi"]
