FROM debian:12
RUN sleep 60 &
RUN touch /two
