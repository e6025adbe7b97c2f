FROM python:3.12
COPY . /app
RUN pip install -r /app/requirements.txt ./words-1.0.0.tar.gz
CMD ["python", "/app/app.py"]
