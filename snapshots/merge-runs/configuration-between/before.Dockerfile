FROM nginx:1.27
RUN rm /etc/nginx/conf.d/default.conf
# who looks after it
LABEL maintainer="someone@example.com"
EXPOSE 80

# the pages
RUN mkdir -p /srv/www
CMD ["nginx", "-g", "daemon off;"]
HEALTHCHECK CMD curl -f http://localhost/ || exit 1
RUN chown nginx /srv/www

STOPSIGNAL SIGTERM
