FROM node
RUN node --version
