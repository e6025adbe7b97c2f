FROM node:20
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
RUN chgrp -R 0 /app && chmod -R g=u /app
USER 1001
CMD ["node","dist/server.js"]
