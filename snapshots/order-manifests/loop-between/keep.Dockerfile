FROM node:20
WORKDIR /app
COPY . .
RUN for file in bin/*; do chmod +x "$file"; done
RUN npm ci
CMD ["node", "src/index.js"]
