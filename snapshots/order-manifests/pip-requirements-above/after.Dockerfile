FROM python:3.12
WORKDIR /app/web
COPY web/requirements.txt /app/web/
COPY constraints.txt /app/
RUN pip install -r requirements.txt -c ../constraints.txt
COPY . /app
