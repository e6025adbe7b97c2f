FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get autoremove -y && apt-get clean
COPY . .
CMD ["gunicorn", "shop.wsgi"]
