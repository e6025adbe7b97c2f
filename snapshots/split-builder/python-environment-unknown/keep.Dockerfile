FROM python:3.12-slim-bookworm
ARG VENV=/opt/venv
RUN apt-get update && apt-get install -y gcc && python -m venv $VENV
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "-m", "shop"]
