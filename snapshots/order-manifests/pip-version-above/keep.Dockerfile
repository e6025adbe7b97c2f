FROM registry.example/pyenv
WORKDIR /app/api
COPY . /app
RUN pip install -r requirements.txt
