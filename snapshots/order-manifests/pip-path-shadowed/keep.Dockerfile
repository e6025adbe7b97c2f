FROM python:3.12
ENV PYTHONPATH=/app/lib
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
