FROM python:3.12
COPY . /srv/app
RUN pip3 install --user -r /srv/app/requirements.txt
WORKDIR /srv/app
