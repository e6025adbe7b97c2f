FROM debian:12
# What the build needs.
RUN apt-get update && \
      # a compiler
      apt-get install -y \
        gcc \
        make

# Where it goes.
# Twice, for both users.
RUN mkdir -p /srv/one \

      /srv/two
# Stays above the stage's end.
