FROM python:3.13-slim AS base

FROM base AS builder
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
RUN useradd wagtail
WORKDIR /app
RUN chown wagtail:wagtail /app
COPY --chown=wagtail:wagtail . .
RUN pip install -r requirements.txt
USER wagtail
RUN python manage.py collectstatic --noinput --clear

FROM base
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
RUN useradd wagtail
WORKDIR /app
RUN chown wagtail:wagtail /app
RUN rm -rf /usr/local/*
USER wagtail
COPY --from=builder --chown=wagtail:wagtail /app/manage.py ./
COPY --from=builder /usr/local /usr/local
COPY --from=builder --chown=wagtail:wagtail /app/catalog ./catalog
COPY --from=builder --chown=wagtail:wagtail /app/shop ./shop
COPY --from=builder --chown=wagtail /app/staticfiles ./staticfiles
CMD ["gunicorn", "shop.wsgi:application"]
