FROM node:20
WORKDIR /app
RUN npm install -g @nestjs/cli@10 pm2
COPY . .
RUN npm ci && npm cache clear --force
RUN npm run build
CMD ["node", "dist/server.js"]
