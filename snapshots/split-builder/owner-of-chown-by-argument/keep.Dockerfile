FROM node:20
ARG APP_USER=node
WORKDIR /app
COPY . .
RUN npm ci
RUN chown -R $APP_USER .
RUN npm run build
CMD ["node", "dist/index.js"]
