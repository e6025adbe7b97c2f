FROM debian:12
ENV BASH_ENV=/env.sh
SHELL ["/bin/bash", "-c"]
RUN echo A=1 > /env.sh
RUN echo "$A" > /a
