FROM python:3.12
ENV PYTHONDONTWRITEBYTECODE=1 VIRTUAL_ENV=/app/venv PATH=/app/venv/bin:$PATH
RUN pip install poetry==2.1.2 && python -m venv /app/venv
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main --no-root
COPY . .
RUN poetry install --only main
