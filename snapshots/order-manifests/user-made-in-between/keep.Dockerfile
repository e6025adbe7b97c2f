FROM node:20
WORKDIR /app
COPY --chown=letters:letters . .
RUN adduser --system letters
RUN npm ci
CMD ["node", "src/index.js"]
