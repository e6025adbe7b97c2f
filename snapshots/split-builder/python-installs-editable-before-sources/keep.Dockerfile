FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY setup.py .
RUN pip install -e .
COPY . .
CMD ["python", "-m", "shop"]
