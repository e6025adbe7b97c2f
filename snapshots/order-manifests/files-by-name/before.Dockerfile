FROM python:3.13
WORKDIR /app
COPY requirements.txt /app/requirements.txt
COPY letters.py /app/letters.py
COPY config/words.ini config/words.ini
RUN pip install -r requirements.txt
CMD ["python", "letters.py"]
