FROM python:3.12
ARG TARGET
WORKDIR /app
COPY . .
RUN pip install -r "requirements-$TARGET.txt"
