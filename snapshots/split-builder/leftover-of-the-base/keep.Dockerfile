FROM python:3.12-bookworm
RUN apt-get update && apt-get install -y gcc
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN apt-get purge -y gcc && apt-get autoremove -y
COPY . .
CMD ["gunicorn", "shop.wsgi"]
