FROM busybox:1.37 AS tools
RUN echo 60 > /retry-after

FROM node:20 AS web
WORKDIR /app
COPY --from=tools /retry-after /etc/retry-after
COPY --from=0 /bin/busybox /bin/busybox
COPY . .
RUN npm ci && npm run build
CMD ["node", "dist/server.js"]
