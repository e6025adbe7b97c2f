FROM node:20
WORKDIR /app
COPY . .
RUN for attempt in 1 2 3; do npm ci && break; done
CMD ["node", "src/index.js"]
