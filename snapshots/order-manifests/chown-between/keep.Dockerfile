FROM node:20
WORKDIR /app
COPY . .
RUN chown -R node:node /app
RUN npm ci
CMD ["node", "src/index.js"]
