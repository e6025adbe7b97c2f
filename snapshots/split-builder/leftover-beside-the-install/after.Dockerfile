FROM python:3.12-alpine AS base
WORKDIR /app
RUN apk add --no-cache libpq

FROM base AS builder
RUN apk add --no-cache --virtual .build-deps gcc musl-dev postgresql-dev
COPY requirements.txt .
RUN pip install -r requirements.txt && apk del .build-deps

FROM base
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
CMD ["gunicorn", "shop.wsgi"]
