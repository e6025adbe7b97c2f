FROM node:20
WORKDIR /app
ARG GIT_SHA
COPY . .
RUN npm ci
LABEL commit=$GIT_SHA
