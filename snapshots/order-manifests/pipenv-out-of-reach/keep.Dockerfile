FROM python:3.12 AS missing
RUN pip install pipenv
WORKDIR /app
COPY missing .
RUN pipenv install --deploy

FROM python:3.12 AS lock
RUN pip install pipenv
WORKDIR /app
COPY lock .
RUN pipenv install --deploy
