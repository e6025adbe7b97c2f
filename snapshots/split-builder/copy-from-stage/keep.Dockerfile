FROM busybox:1.37 AS tools

FROM node:20
WORKDIR /app
COPY . .
COPY --from=tools /bin/busybox ./busybox
RUN npm ci
RUN npm run build
CMD ["node", "dist/server.js"]
