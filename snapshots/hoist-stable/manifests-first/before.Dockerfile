FROM node:20-slim
WORKDIR /app
COPY package*.json ./
RUN apt-get update && apt-get install -y git
RUN npm install
COPY . .
CMD ["npm", "start"]
