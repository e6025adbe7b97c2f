FROM node:20
WORKDIR /app
COPY setup.sh ./
RUN sh ./setup.sh
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
