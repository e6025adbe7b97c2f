FROM node:20
WORKDIR /app
COPY . .
RUN cd client && npm ci && cd .. && npm --prefix client run build
