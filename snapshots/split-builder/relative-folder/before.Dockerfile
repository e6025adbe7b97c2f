FROM node:20
RUN mkdir app
WORKDIR app
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist/index.js"]
