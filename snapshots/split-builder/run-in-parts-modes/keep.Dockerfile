FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm run build && chgrp -R 0 /app && chmod -R g=u /app
USER 1001
CMD ["node", "dist/server.js"]
