FROM node:20
WORKDIR /app
COPY --chown=node:node . .
RUN chown -R www-data .
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
