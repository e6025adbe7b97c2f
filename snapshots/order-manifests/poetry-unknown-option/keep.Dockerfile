FROM python:3.12
RUN pip install poetry==2.1.2
ENV POETRY_VIRTUALENVS_CREATE=false
WORKDIR /app
COPY . .
RUN poetry install --no-root --with-plugins
