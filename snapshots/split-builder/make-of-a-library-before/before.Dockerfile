FROM node:20
RUN curl -fsSL https://libraries.example/words-1.0.tar.gz | tar -xz -C /tmp && cd /tmp/words-1.0 && make && make install
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
