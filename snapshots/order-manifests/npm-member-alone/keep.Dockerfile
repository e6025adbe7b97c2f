FROM node:20
WORKDIR /app
COPY . .
RUN cd packages/web && npm ci
CMD ["node", "packages/web/src/index.js"]
