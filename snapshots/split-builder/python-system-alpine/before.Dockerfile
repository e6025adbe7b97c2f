FROM python:3.12-alpine
WORKDIR /app
RUN apk add --no-cache gcc musl-dev postgresql-dev
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN adduser -D shop
USER shop
CMD ["gunicorn", "shop.wsgi"]
