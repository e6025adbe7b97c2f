FROM node:20
WORKDIR /app
RUN mkdir -p /app/src /app/logs
COPY . .
RUN npm ci
CMD ["node", "src/index.js"]
