FROM alpine:3.20 AS docs
RUN echo page > /page.html

FROM node:20
WORKDIR /app
COPY . .
COPY --from=docs /page.html ./src/
RUN npm ci
