FROM node:20
WORKDIR /repo
COPY client/package.json client/package-lock.json ./client/
RUN npm --prefix client ci
COPY . .
