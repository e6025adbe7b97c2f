FROM python:3.12
ENV PYTHONDONTWRITEBYTECODE=1
RUN pip install poetry
WORKDIR /app
COPY . .
RUN poetry install -C api
CMD ["python", "api/letters"]
