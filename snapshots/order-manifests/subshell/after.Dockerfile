FROM node:20
WORKDIR /app
COPY client/package.json client/package-lock.json ./client/
RUN (cd client && npm ci)
COPY . .
RUN npm --prefix client run build
