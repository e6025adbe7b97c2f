FROM python:3.12
ENV PYTHONUNBUFFERED=1
COPY . /app
WORKDIR /app
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
