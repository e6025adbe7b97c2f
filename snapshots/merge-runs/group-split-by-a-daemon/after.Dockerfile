FROM debian:12
RUN apt-get update && \
    apt-get install -y postgresql && \
    service postgresql start
RUN su postgres -c "psql -c 'select 1'" && \
    touch /end
