FROM debian:12
RUN for name in one two; do mkdir "/$name"; done
RUN touch /three
