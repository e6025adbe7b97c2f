FROM python:3.12
RUN pip install poetry==2.1.2
ENV POETRY_VIRTUALENVS_CREATE=false
WORKDIR /app/services/api
COPY services/api/pyproject.toml services/api/poetry.lock /app/services/api/
RUN poetry install --no-root
COPY . /app
