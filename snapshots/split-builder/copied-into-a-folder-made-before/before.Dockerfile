FROM node:20
ENV OUT=/srv/out
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build && mkdir -p $OUT && cp -r dist $OUT
CMD ["node", "/srv/out/dist/server.js"]
