FROM node:20
WORKDIR /repo
COPY package.json package-lock.json /repo/
COPY apps/web/package.json /repo/apps/web/
COPY tools/package.json /repo/tools/
RUN npm ci
COPY . /repo
