FROM python:3.12-slim
ENV PIPENV_VENV_IN_PROJECT=1
RUN pip install pipenv
COPY Pipfile Pipfile.lock /app/
WORKDIR /app
RUN pipenv sync --dev
COPY . /app
RUN pipenv run python app.py
