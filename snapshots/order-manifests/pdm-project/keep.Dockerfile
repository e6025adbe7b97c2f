FROM python:3.12
RUN pip install pdm
WORKDIR /app
COPY . .
RUN pdm sync --prod --no-editable
