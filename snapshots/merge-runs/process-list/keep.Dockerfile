FROM debian:12
RUN touch /one
RUN pkill -f server || true
