FROM node:20-alpine3.20
RUN apk add --no-cache python3 make g++
WORKDIR /app
COPY . .
RUN npm ci
EXPOSE 3000
CMD ["npm", "start"]
