FROM python:3.12
ARG DESTINATION
WORKDIR /app
COPY . .
RUN pip install --target "$DESTINATION" -r requirements.txt
