FROM node:20
WORKDIR /app
COPY . .
RUN echo "registry=https://packages.example/" > .npmrc && npm ci
CMD ["node", "src/index.js"]
