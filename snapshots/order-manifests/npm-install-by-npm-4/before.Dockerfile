FROM node:6
WORKDIR /app
COPY . .
RUN npm install
CMD ["node", "src/index.js"]
