FROM node:20
WORKDIR /app
COPY . .
RUN cp .env.example .env && echo "$HOSTNAME" > build-host
RUN npm ci
RUN npm run build && cp -r public dist/
RUN rm -rf src
CMD ["node", "dist/server.js"]
