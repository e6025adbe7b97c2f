FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0
WORKDIR /app
COPY . .
RUN poetry config virtualenvs.create false && poetry install --only main --no-root
CMD ["python", "-m", "shop"]
