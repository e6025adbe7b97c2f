FROM python:3.12-alpine
WORKDIR /app
RUN apk add --no-cache libpq
RUN apk add --no-cache --virtual .build-deps gcc musl-dev postgresql-dev
COPY requirements.txt .
RUN pip install -r requirements.txt && apk del .build-deps
COPY . .
CMD ["gunicorn", "shop.wsgi"]
