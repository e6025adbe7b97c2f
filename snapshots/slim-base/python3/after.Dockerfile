FROM python:3.13-slim
WORKDIR /app
COPY server.py .
CMD ["python3", "server.py"]
