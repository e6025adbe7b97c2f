FROM python:3.12
RUN pip install pdm
COPY . /app
WORKDIR /app/services/api
RUN pdm install --frozen-lockfile
