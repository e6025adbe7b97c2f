FROM python:3.12
RUN pip install pipenv
WORKDIR /app
COPY Pipfile Pipfile.lock .env ./
RUN pipenv install --system --deploy
COPY . .
