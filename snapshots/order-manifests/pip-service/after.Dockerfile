FROM python:3.12
WORKDIR /app/services/api
COPY services/api/requirements.txt /app/services/api/
COPY requirements/base.txt /app/requirements/
RUN pip install --no-cache-dir -r requirements.txt
COPY . /app
