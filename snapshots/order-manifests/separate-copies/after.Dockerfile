FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
# What runs.
COPY src ./src
COPY config ./config
CMD ["node", "src/main.js"]
