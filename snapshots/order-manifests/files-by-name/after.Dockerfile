FROM python:3.13
WORKDIR /app
COPY requirements.txt /app/requirements.txt
RUN pip install -r requirements.txt
COPY letters.py /app/letters.py
COPY config/words.ini config/words.ini
CMD ["python", "letters.py"]
