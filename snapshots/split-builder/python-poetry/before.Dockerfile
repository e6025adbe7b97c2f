FROM python:3.12-slim-bookworm
ENV POETRY_VIRTUALENVS_CREATE=false
RUN apt-get update && apt-get install -y gcc libpq-dev
RUN pip install poetry==2.1.0
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root
COPY . .
CMD ["python", "-m", "shop"]
