ARG NODE=20
FROM node:${NODE}-alpine
