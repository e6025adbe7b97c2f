FROM python:3.12
WORKDIR /app
COPY requirements.txt ./
COPY wheels ./wheels/
RUN pip install --no-index --find-links=wheels -r requirements.txt
COPY . .
