FROM python:3.12
RUN pip install pipenv
WORKDIR /app
COPY Pipfile Pipfile.lock ./
COPY vendor/words-1.0-py3-none-any.whl ./vendor/
RUN pipenv sync --system
COPY . .
