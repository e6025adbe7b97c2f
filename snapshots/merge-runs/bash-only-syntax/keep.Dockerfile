FROM debian:12
RUN touch /one &> /log
RUN touch /two
