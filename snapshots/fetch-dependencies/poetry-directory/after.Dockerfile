FROM python:3.12
ENV PYTHONDONTWRITEBYTECODE=1
RUN pip install poetry
WORKDIR /app
COPY api/pyproject.toml api/poetry.lock ./api/
RUN cd /app/api && poetry install --no-root
COPY . .
RUN poetry install -C api
CMD ["python", "api/letters"]
