FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm exec -w packages/api tsc
CMD ["node", "packages/api/dist/server.js"]
