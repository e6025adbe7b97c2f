# syntax=docker/dockerfile:1
# The web app
FROM node:20
