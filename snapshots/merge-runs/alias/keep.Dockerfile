FROM debian:12
RUN alias ls=true
RUN ls > /listing
