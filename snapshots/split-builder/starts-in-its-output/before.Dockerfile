FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
WORKDIR /app/dist
CMD ["node", "index.js"]
