FROM node:20
WORKDIR /app
COPY . .
RUN chmod -R 777 uploads
RUN npm ci
RUN npm run build
USER node
CMD ["node", "dist/index.js"]
