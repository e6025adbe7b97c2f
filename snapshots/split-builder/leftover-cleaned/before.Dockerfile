FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev libpq5
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get purge -y build-essential libpq-dev && apt-get autoremove -y && apt-get clean
COPY . .
CMD ["gunicorn", "shop.wsgi"]
