FROM node:20
WORKDIR /app
ONBUILD COPY . .
CMD ["node", "server.js"]
