FROM node:20
WORKDIR /app
COPY src /opt/check/
RUN sh /opt/check/run.sh
COPY . .
RUN npm ci
