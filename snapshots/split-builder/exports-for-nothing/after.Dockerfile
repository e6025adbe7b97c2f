FROM python:3.12-slim AS base

FROM base AS builder
RUN apt-get update && apt-get install -y build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN export DJANGO_SETTINGS_MODULE=shop.settings
RUN python manage.py collectstatic --noinput
RUN rm -rf requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
CMD ["gunicorn", "shop.wsgi:application", "--bind", "0.0.0.0:8000"]
