FROM node:20
WORKDIR /app
COPY . .
RUN npm ci
# Which commit this is, for the page that says so
ARG COMMIT_SHA=unknown
RUN npm run build
CMD ["node", "dist"]
