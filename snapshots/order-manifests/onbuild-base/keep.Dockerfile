FROM node:8-onbuild
WORKDIR /app
COPY . .
RUN npm install
