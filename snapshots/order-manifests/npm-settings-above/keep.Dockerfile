FROM node:20
WORKDIR /app
COPY . .
RUN cd server && npm ci
CMD ["node", "server/src/index.js"]
