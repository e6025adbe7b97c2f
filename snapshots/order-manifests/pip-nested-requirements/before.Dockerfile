FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /code
COPY . /code/
RUN pip install -U pip && pip install -Ur requirements/production.txt -c requirements/lock/all.txt
CMD ["gunicorn", "words.wsgi"]
