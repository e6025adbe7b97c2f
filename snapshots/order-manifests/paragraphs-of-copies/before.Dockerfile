FROM node:20
WORKDIR /app

COPY package.json package-lock.json ./

COPY . .

RUN npm ci

CMD ["node", "src/index.js"]
