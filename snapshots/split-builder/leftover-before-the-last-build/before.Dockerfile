FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y gcc
COPY . .
RUN pip install -r requirements.txt
RUN apt-get autoremove -y --purge gcc
RUN pip install gunicorn
RUN rm -rf tests
CMD ["gunicorn", "shop.wsgi"]
