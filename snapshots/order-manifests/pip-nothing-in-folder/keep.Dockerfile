FROM python:3.12
WORKDIR /app/src
COPY . /app
RUN pip install -r ../requirements.txt
