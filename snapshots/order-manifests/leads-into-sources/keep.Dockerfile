FROM node:20
RUN npm config set cafile /app/certs/ca.pem
WORKDIR /app
COPY . .
RUN npm ci
CMD ["node", "src/index.js"]
