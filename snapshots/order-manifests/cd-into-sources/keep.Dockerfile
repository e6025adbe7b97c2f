FROM node:20
WORKDIR /app
COPY . .
RUN cd src && mkdir -p generated
RUN npm ci
CMD ["node", "src/index.js"]
