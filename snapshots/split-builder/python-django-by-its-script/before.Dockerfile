FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && rm -rf /root/.cache
COPY . .
RUN SECRET_KEY=none DEBUG=0 ./manage.py collectstatic --noinput
CMD ["gunicorn", "library.wsgi"]
