FROM node:20
WORKDIR /app
COPY . .
ADD fonts.tar.gz ./fonts/
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
