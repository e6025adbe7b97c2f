FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /code
COPY requirements/production.txt requirements/base.txt /code/requirements/
COPY requirements/lock/all.txt /code/requirements/lock/
RUN pip install -U pip && pip install -Ur requirements/production.txt -c requirements/lock/all.txt
COPY . /code/
CMD ["gunicorn", "words.wsgi"]
