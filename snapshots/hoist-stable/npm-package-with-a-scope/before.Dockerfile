FROM node:20
WORKDIR /app
COPY . .
RUN npm install -g @nestjs/cli@10 pm2
RUN npm ci && npm cache clear --force
RUN npm run build
CMD ["node", "dist/server.js"]
