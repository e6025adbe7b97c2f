FROM python:3.12
WORKDIR /app
COPY . .
RUN pip wheel -r requirements.txt
