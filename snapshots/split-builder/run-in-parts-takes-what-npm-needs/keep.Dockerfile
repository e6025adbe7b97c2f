FROM debian:trixie
RUN apt-get update && apt-get install -y nodejs npm
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y python3 g++ && npm ci && npm run build && apt-get purge -y python3 g++ && apt-get autoremove -y
CMD ["node", "dist/server.js"]
