ARG VERSION=20
FROM node:${VERSION}
COPY . app/
WORKDIR /app
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
