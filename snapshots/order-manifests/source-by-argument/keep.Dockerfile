FROM node:20
ARG APP=web
ENV FOLDER=packages/$APP
WORKDIR /app
COPY ${FOLDER}/ ./
RUN npm ci
CMD ["node", "index.js"]
