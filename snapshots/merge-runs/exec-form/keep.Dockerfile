FROM debian:12
RUN ["touch", "/one"]
RUN touch /two
RUN ["touch", "/three"]
