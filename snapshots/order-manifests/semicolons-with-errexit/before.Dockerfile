FROM node:20
WORKDIR /app
COPY . .
RUN set -ex; \
    npm ci; \
    npm run build; \
    npm test
