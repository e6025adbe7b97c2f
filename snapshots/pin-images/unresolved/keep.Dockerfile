FROM node:99
RUN node --version
