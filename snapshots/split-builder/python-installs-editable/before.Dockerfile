FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install -e .
CMD ["python", "-m", "shop"]
