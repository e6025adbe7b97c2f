FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN apt-get install -y $(cat packages.txt)
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
