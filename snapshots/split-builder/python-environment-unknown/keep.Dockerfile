FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc && python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
