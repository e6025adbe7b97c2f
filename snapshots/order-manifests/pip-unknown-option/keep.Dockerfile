FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install --requirements-from-script server.py -r requirements.txt
