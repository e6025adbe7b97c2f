FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc
RUN useradd -m clerk
WORKDIR /app
COPY --chown=clerk . .
RUN pip install -e .
USER clerk
CMD ["python", "-m", "shop"]
