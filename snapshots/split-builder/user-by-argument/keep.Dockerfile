FROM node:20
ARG APP_USER
USER $APP_USER
WORKDIR /app
COPY . .
WORKDIR /app/src
WORKDIR /app
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
