FROM node:20
WORKDIR /app
COPY . .
ENTRYPOINT ["./entrypoint.sh"]
CMD ["node", "server.js"]
