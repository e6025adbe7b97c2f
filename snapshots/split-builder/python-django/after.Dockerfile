FROM python:3.12-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1

FROM base AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc gettext libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN python manage.py compilemessages && SECRET_KEY=none python manage.py collectstatic --noinput
RUN rm -rf requirements.txt

FROM base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libatomic1 libgomp1 gettext libpq5 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /app ./
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "library.wsgi"]
