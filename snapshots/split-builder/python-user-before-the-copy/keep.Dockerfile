FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc && useradd --create-home shop
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
USER shop
COPY --chown=shop . .
RUN rm -rf tests
CMD ["python", "-m", "shop"]
