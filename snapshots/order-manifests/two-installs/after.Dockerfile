FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY client/package.json client/package-lock.json ./client/
RUN cd client && npm ci
COPY . .
RUN cd client && npm run build
