FROM python:3.12-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN python manage.py collectstatic --noinput 2>/dev/null || true
CMD ["gunicorn", "shop.wsgi:application", "--bind", "0.0.0.0:8000"]
