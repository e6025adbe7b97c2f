FROM python:3.12
WORKDIR /app
COPY requirements.txt ./
COPY vendor/words-1.0-py3-none-any.whl ./vendor/
RUN pip install -r requirements.txt
COPY . .
