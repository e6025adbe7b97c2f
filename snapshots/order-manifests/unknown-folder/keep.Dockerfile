ARG BASE
FROM ${BASE}
COPY . /srv/app
RUN npm ci
