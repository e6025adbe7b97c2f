FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN uv pip install --system -r requirements.txt
CMD ["python", "-m", "shop"]
