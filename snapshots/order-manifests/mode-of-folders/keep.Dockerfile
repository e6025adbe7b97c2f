FROM node:20
WORKDIR /app
USER node
COPY --chmod=750 . .
RUN cd server && npm ci
CMD ["node", "server/src/index.js"]
