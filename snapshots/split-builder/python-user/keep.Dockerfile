FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc && useradd --create-home shop
WORKDIR /app
USER shop
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
