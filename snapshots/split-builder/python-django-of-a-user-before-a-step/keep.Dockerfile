FROM python:3.13-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
RUN useradd wagtail
WORKDIR /app
RUN chown wagtail:wagtail /app
COPY --chown=wagtail:wagtail . .
RUN pip install -r requirements.txt
USER wagtail
RUN mkdir /tmp/caches
RUN python manage.py collectstatic --noinput --clear
CMD ["gunicorn", "shop.wsgi:application"]
