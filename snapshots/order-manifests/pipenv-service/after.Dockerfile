FROM python:3.12
RUN pip install pipenv
WORKDIR /app/services/api
COPY services/api/Pipfile services/api/Pipfile.lock /app/services/api/
RUN pipenv install --system --deploy
COPY . /app
