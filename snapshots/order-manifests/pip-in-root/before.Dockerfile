FROM python:3.12
ENV PYTHONPATH=/src
COPY pip.conf /etc/
COPY requirements.txt /
COPY src /src
RUN pip install -r /requirements.txt
CMD ["python", "/src/app.py"]
