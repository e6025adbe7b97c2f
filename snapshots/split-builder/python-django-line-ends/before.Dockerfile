FROM python:3.13-slim
RUN apt-get update && apt-get install -y gcc libpq-dev netcat-openbsd dos2unix
WORKDIR /usr/src/app
COPY . .
RUN sed -i 's/\r$//g' /usr/src/app/entrypoint.sh
RUN dos2unix manage.py && chmod +x /usr/src/app/entrypoint.sh
RUN pip install -r requirements.txt
ENTRYPOINT ["/usr/src/app/entrypoint.sh"]
