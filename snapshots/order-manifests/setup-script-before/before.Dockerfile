FROM node:20
WORKDIR /app
COPY setup.sh ./
RUN sh ./setup.sh
COPY . .
RUN npm ci
