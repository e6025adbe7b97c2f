FROM node:20
WORKDIR /app
COPY . .
RUN (cd client && npm ci)
RUN npm --prefix client run build
