FROM python:3.12-alpine3.20
WORKDIR /app
RUN apk add --no-cache gcc musl-dev libmagic
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "serve.py"]
