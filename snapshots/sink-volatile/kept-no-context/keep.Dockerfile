FROM python:3.12
WORKDIR /app
ARG GIT_SHA
COPY requirements.txt .
RUN pip install -r requirements.txt
LABEL commit=$GIT_SHA
