FROM python:3.12
RUN pip install poetry==2.1.2
ENV POETRY_VIRTUALENVS_CREATE=false
WORKDIR /app
COPY pyproject.toml poetry.lock ./
COPY vendor/words-1.0-py3-none-any.whl ./vendor/
RUN poetry install --no-root
COPY . .
