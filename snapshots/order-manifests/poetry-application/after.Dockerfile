FROM python:3.12
RUN pip install poetry==1.8.2
WORKDIR /app
COPY pyproject.toml poetry.lock poetry.toml ./
RUN poetry config virtualenvs.create false \
    && poetry install --without dev
COPY . .
CMD ["python", "-m", "letters"]
