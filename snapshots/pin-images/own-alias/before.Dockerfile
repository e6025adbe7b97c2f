FROM nginx AS nginx
RUN nginx -v

FROM nginx AS nginx-debug
RUN nginx -V
