FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
RUN pip install pipenv
WORKDIR /app
COPY . .
RUN pipenv install --system --deploy
CMD ["python", "-m", "shop"]
