FROM node:20
WORKDIR /app
COPY . .
RUN PAGES=$(cat pages) && npm --prefix $PAGES ci && npm --prefix $PAGES run build
RUN cd server && npm ci && npm run build
CMD ["node", "server/dist/index.js"]
