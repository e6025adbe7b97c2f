FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
WORKDIR /usr/local/shop
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
