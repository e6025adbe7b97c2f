FROM debian:12
SHELL ["/bin/bash", "-c"]
ENV LANG=en_US.UTF-8
RUN echo "en_US.UTF-8 UTF-8" > /etc/locale.gen && locale-gen
RUN cat /etc/apt/trusted.gpg.d/* > /keys
