FROM python:3.12 AS variable
WORKDIR /app
COPY variable .
RUN pip install -r requirements.txt

FROM python:3.12 AS quotes
WORKDIR /app
COPY quotes .
RUN pip install -r requirements.txt

FROM python:3.12 AS option
WORKDIR /app
COPY option .
RUN pip install -r requirements.txt

FROM python:3.12 AS archive
WORKDIR /app
COPY archive .
RUN pip install -r requirements.txt

FROM python:3.12 AS certificate
WORKDIR /app
COPY certificate .
RUN pip install --cert ci/ca.pem -r requirements.txt
