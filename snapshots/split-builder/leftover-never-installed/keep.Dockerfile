FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get purge -y gcc tzdata && apt-get autoremove -y
COPY . .
CMD ["gunicorn", "shop.wsgi"]
