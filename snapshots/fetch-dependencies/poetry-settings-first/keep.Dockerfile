FROM python:3.12
ENV POETRY_VERSION=1.8.2
RUN pip install "poetry==$POETRY_VERSION"
WORKDIR /app
COPY . /app
RUN poetry config virtualenvs.create false && poetry install --no-dev --no-ansi
