FROM python:3.13-slim AS base

FROM base AS builder
RUN apt-get update && apt-get install -y gcc libpq-dev netcat-openbsd dos2unix
WORKDIR /usr/src/app
COPY . .
RUN sed -i 's/\r$//g' /usr/src/app/entrypoint.sh
RUN dos2unix manage.py && chmod +x /usr/src/app/entrypoint.sh
RUN pip install -r requirements.txt
RUN rm -rf requirements.txt

FROM base
RUN apt-get update && apt-get install -y libatomic1 libgomp1 libpq5 netcat-openbsd dos2unix
WORKDIR /usr/src/app
RUN rm -rf /usr/local/*
COPY --from=builder /usr/local /usr/local
COPY --from=builder /usr/src/app ./
ENTRYPOINT ["/usr/src/app/entrypoint.sh"]
