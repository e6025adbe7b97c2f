FROM python:3.12
RUN pip install pipenv
WORKDIR /app
COPY Pipfile ./
RUN pipenv install --system --skip-lock
COPY . .
