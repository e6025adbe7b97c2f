FROM node:20-bookworm
WORKDIR /srv
ONBUILD COPY . .
CMD ["node", "server.js"]
