FROM python:3.12-slim
ENV PIPENV_VENV_IN_PROJECT=1
RUN pip install pipenv
COPY . /app
WORKDIR /app
RUN pipenv sync --dev && pipenv run python app.py
