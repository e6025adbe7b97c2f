FROM node:20
ARG APP_USER=node
WORKDIR /app
COPY --chown=$APP_USER . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
