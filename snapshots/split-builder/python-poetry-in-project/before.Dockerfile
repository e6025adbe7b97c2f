FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0 && poetry config virtualenvs.in-project true
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root
COPY . .
CMD [".venv/bin/python", "-m", "shop"]
