FROM node:20 AS api
WORKDIR /api
COPY api/package.json api/package-lock.json ./
RUN npm ci
COPY api .

FROM node:20 AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY ./web/ ./
RUN npm run build

FROM node:20
COPY --from=api /api /api
COPY --from=web /web/dist /api/public
