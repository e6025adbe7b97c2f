FROM ubuntu:22.04
RUN pip install --upgrade pip && \
    hash -r && \
    pip install flask && \
    pip install gunicorn
