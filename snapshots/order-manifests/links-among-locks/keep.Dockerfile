FROM node:20 AS yarn
WORKDIR /app
COPY yarn .
RUN yarn install --frozen-lockfile

FROM node:20 AS pnpm
RUN corepack enable
WORKDIR /app
COPY pnpm .
RUN pnpm install --frozen-lockfile

FROM python:3.12 AS pip
WORKDIR /app
COPY pip .
RUN pip install -r requirements.txt

FROM condaforge/miniforge3 AS conda
WORKDIR /app
COPY conda .
RUN conda env update -n base -f environment.yml

FROM ruby:3.3 AS gems
WORKDIR /app
COPY gems .
RUN bundle install
