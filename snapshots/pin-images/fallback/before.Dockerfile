ARG NODE
FROM node:${NODE:-20}
ARG NODE
RUN echo "built for ${NODE}"
