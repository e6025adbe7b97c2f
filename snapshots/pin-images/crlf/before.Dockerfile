# Windows line ends
FROM node:20
RUN node --version
