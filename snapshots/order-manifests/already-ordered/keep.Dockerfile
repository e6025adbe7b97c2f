FROM node:20
WORKDIR /app
COPY package.json yarn.lock* ./
COPY package-lock.json tsconfig.json ./
RUN npm ci
COPY . .
RUN npm run build
