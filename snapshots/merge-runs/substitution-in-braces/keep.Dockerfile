FROM debian:bookworm
SHELL ["/bin/bash", "-c"]
RUN echo "${ date; }" > /letters
RUN touch /words
