FROM python:3.12
RUN pip install pipenv
ENV PIPENV_PIPFILE=/app/web/Pipfile
WORKDIR /app
COPY . .
RUN pipenv install --deploy
