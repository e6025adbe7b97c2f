FROM node:20
WORKDIR /app
COPY . .
# A failure of one is passed over.
RUN apt-get update; apt-get install -y git; npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
