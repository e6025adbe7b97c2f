FROM node:20
WORKDIR /app
COPY start.sh /usr/local/bin/start.sh
COPY . .
RUN npm ci && npm run build
ENTRYPOINT ["start.sh"]
CMD ["node", "dist/server.js"]
