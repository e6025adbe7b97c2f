FROM python:3.12
RUN pip install poetry==1.8.2
WORKDIR /app
COPY . .
RUN poetry install
