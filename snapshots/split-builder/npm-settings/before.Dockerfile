FROM node:20-alpine
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm config set registry https://registry.npmmirror.com && npm set progress=false && npm i
COPY . .
RUN npm run build
CMD ["npm", "run", "start:prod"]
