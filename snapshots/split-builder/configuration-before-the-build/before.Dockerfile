FROM node:20
ARG REVISION=unknown
WORKDIR /app
CMD ["dist/server.js"]
COPY . .
ENV PORT=3000
# Who made it
LABEL org.opencontainers.image.revision=$REVISION
RUN npm ci

# Stops at once
STOPSIGNAL SIGINT

RUN npm run build
ENTRYPOINT ["node"]
