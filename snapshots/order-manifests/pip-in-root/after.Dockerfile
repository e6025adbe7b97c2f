FROM python:3.12
ENV PYTHONPATH=/src
COPY pip.conf /etc/
COPY requirements.txt /
RUN pip install -r /requirements.txt
COPY src /src
CMD ["python", "/src/app.py"]
