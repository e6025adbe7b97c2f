FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install --cert certificates/company.pem -r requirements.txt
