FROM python:3.12
RUN pip install pipenv
WORKDIR /app/services/api
COPY . /app
RUN pipenv install --system --deploy
