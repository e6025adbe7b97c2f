FROM debian:12
RUN set -e; test -e /one; touch /two
RUN touch /three; touch /four
