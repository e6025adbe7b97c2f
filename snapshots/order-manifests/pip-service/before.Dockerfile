FROM python:3.12
WORKDIR /app/services/api
COPY . /app
RUN pip install --no-cache-dir -r requirements.txt
