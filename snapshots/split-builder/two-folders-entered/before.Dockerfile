FROM node:20
WORKDIR /app
COPY . .
RUN cd client && npm ci && npm run build
RUN cd server && npm ci && npm run build && mkdir -p uploads && chmod 777 uploads
EXPOSE 3000
CMD cd server && npm start
