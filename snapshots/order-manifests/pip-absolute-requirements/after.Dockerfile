FROM python:3.12
COPY requirements.txt /srv/app/
RUN pip3 install --user -r /srv/app/requirements.txt
COPY . /srv/app
WORKDIR /srv/app
