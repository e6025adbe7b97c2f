FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN python -m nltk.downloader punkt
CMD ["python", "-m", "shop"]
