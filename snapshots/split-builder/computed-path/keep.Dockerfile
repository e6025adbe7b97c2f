FROM node:20
ARG HOME_DIR=/app
WORKDIR $HOME_DIR
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
