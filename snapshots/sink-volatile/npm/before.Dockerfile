FROM node:20
WORKDIR /app
# Which commit this is, for the page that says so
ARG COMMIT_SHA=unknown
COPY . .
RUN npm ci
RUN npm run build
CMD ["node", "dist"]
