FROM python:3.13-slim
COPY --from=python:3.13 /etc/mime.types /etc/mime.types
WORKDIR /app
COPY server.py .
CMD ["python3", "server.py"]
