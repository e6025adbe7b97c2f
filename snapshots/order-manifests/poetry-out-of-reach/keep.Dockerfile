FROM python:3.12 AS missing
RUN pip install poetry
WORKDIR /app
COPY missing .
RUN poetry install --no-root

FROM python:3.12 AS lock
RUN pip install poetry
WORKDIR /app
COPY lock .
RUN poetry install --no-root

FROM python:3.12 AS settings
RUN pip install poetry
WORKDIR /app
COPY settings .
RUN poetry install --no-root

FROM python:3.12 AS modules
RUN pip install poetry
ENV PYTHONPATH=/app
WORKDIR /app
COPY modules .
RUN poetry install --no-root

FROM python:3.12 AS cache
RUN pip install poetry
ARG POETRY_CACHE_DIR
WORKDIR /app
COPY cache .
RUN poetry install --no-root

FROM python:3.12 AS package
RUN pip install poetry
WORKDIR /app
COPY package .
RUN poetry install --no-root

FROM python:3.12 AS project
RUN pip install poetry
WORKDIR /app
COPY project .
RUN poetry install

FROM python:3.12 AS export
RUN pip install poetry
WORKDIR /app
COPY export .
RUN poetry export -o "$(cat place)"
