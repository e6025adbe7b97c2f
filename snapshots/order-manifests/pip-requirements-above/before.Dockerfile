FROM python:3.12
WORKDIR /app/web
COPY . /app
RUN pip install -r requirements.txt -c ../constraints.txt
