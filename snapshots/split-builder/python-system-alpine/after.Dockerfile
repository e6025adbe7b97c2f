FROM python:3.12-alpine AS base
WORKDIR /app

FROM base AS builder
RUN apk add --no-cache gcc musl-dev postgresql-dev
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM base
RUN apk add --no-cache libatomic libgcc libgomp libpq
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY . .
RUN adduser -D shop
USER shop
CMD ["gunicorn", "shop.wsgi"]
