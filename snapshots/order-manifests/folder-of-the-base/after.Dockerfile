ARG BASE
FROM ${BASE}
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
