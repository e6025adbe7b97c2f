FROM python:3.12
RUN pip install poetry poetry-dynamic-versioning
WORKDIR /app
COPY . .
RUN poetry install --no-root
