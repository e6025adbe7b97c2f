FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get remove -y gcc
COPY . .
CMD ["gunicorn", "shop.wsgi"]
