FROM python:3.12
ENV PYTHONUNBUFFERED=1
COPY requirements.txt constraints.txt /app/
COPY requirements/base.txt /app/requirements/
WORKDIR /app
RUN pip install --no-cache-dir -r requirements.txt
COPY . /app
CMD ["python", "app.py"]
