FROM ubuntu:22.04
RUN pip install --upgrade pip
RUN pip install flask
RUN pip install gunicorn
