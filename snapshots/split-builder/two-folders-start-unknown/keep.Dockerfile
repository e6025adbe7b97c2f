FROM node:20
WORKDIR /app
COPY . .
RUN cd client && npm ci && npm run build
RUN cd server && npm ci && npm run build
CMD ["sh", "-c", "./migrate && node server/dist/index.js"]
