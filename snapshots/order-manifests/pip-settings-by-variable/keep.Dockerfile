FROM python:3.12
ENV PIP_CONFIG_FILE=/app/pip.conf
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
