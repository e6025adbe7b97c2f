FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y gcc git
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get purge -y gcc git && apt-get autoremove -y
COPY . .
CMD ["git", "daemon"]
