FROM nginx:1.27
RUN rm /etc/nginx/conf.d/default.conf && \
    # the pages
    mkdir -p /srv/www && \
    chown nginx /srv/www
# who looks after it
LABEL maintainer="someone@example.com"
EXPOSE 80
CMD ["nginx", "-g", "daemon off;"]
HEALTHCHECK CMD curl -f http://localhost/ || exit 1

STOPSIGNAL SIGTERM
