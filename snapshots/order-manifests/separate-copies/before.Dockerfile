FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
# What runs.
COPY src ./src
COPY config ./config
RUN npm ci
CMD ["node", "src/main.js"]
