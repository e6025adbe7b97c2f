FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install --target /srv/packages -r requirements.txt
ENV PYTHONDONTWRITEBYTECODE=1
CMD ["python", "-m", "shop"]
