FROM python:3.12
WORKDIR /app
COPY requirements.txt ./
COPY certificates/company.pem ./certificates/
RUN pip install --cert certificates/company.pem -r requirements.txt
COPY . .
