FROM debian:12
ONBUILD RUN touch /one
ONBUILD RUN touch /two
RUN touch /three
