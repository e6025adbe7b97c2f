FROM node:20
WORKDIR /app
COPY --exclude=*.md . .
RUN npm ci
