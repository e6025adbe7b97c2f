FROM node:20 AS build
COPY client/package.json client/package-lock.json /repo/client/
WORKDIR /repo
RUN cd client && npm ci
COPY . /repo
RUN cd client && npm run build

FROM nginx
COPY --from=build /repo/client/dist /srv
