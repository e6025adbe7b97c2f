FROM python:3.12
ENV PIP_CONSTRAINT=/app/constraints.txt
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN pip install -r requirements.txt
COPY . .
