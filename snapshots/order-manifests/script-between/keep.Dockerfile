FROM node:20
WORKDIR /app
COPY . .
RUN if [ -f settings.json ]; then chmod 600 settings.json; fi
RUN npm ci
CMD ["node", "src/index.js"]
