ARG NODE=20
FROM node:${NODE}
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
