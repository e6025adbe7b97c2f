FROM node:20@sha256:4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c4d2c
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
