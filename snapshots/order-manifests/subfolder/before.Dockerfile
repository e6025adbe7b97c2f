FROM node:20 AS build
COPY . /repo
WORKDIR /repo
RUN cd client && npm ci && npm run build

FROM nginx
COPY --from=build /repo/client/dist /srv
