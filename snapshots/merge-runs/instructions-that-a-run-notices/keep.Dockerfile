FROM debian:12
RUN touch one
ENV A=1
RUN touch two
ARG B
RUN touch three
WORKDIR /srv
RUN touch four
USER nobody
RUN touch five
COPY a b
RUN touch six
SHELL ["/bin/bash", "-c"]
RUN touch seven
VOLUME /data
RUN touch eight
