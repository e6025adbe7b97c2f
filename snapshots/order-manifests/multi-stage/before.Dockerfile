FROM node:20 AS api
WORKDIR /api
COPY api .
RUN npm ci

FROM node:20 AS web
WORKDIR /web
COPY ./web/ ./
RUN npm ci && npm run build

FROM node:20
COPY --from=api /api /api
COPY --from=web /web/dist /api/public
