FROM python:3.12-slim-bookworm
ENV TOOLS="gcc libpq-dev"
WORKDIR /app
RUN apt-get update && apt-get install -y gcc libpq-dev
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get purge -y $TOOLS && apt-get autoremove -y
COPY . .
CMD ["gunicorn", "shop.wsgi"]
