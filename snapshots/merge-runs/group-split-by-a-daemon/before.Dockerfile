FROM debian:12
RUN apt-get update
RUN apt-get install -y postgresql
RUN service postgresql start
RUN su postgres -c "psql -c 'select 1'"
RUN touch /end
