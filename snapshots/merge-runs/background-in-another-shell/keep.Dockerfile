FROM debian:12
RUN su postgres -c "postgres -D /data & sleep 5"
RUN touch /two
