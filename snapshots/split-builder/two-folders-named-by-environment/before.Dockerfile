FROM node:20

WORKDIR /app/client
COPY client/package*.json ./
RUN npm ci
COPY client/ ./
RUN npm run build

WORKDIR /app/server
COPY server/package*.json ./
RUN npm ci
COPY server/ ./
RUN npm run build

ENV PAGES=/app/client
EXPOSE 3000
CMD ["npm", "start"]
