FROM python:3.12
RUN pip install pipenv
ENV PYTHONPATH=/app
WORKDIR /app
COPY . .
RUN pipenv install --system --deploy
