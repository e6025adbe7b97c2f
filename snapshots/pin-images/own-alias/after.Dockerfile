FROM nginx:latest@sha256:0e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60e60 AS nginx
RUN nginx -v

FROM nginx AS nginx-debug
RUN nginx -V
