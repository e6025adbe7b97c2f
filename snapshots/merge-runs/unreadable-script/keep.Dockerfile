FROM debian:12
RUN if true; then touch /one
RUN touch /two
