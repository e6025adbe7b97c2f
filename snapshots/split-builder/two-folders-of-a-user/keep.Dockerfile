FROM node:20
WORKDIR /app
COPY . .
USER node
RUN cd client && npm ci && npm run build
RUN cd server && npm ci && npm run build
WORKDIR /app/server
CMD ["npm", "start"]
