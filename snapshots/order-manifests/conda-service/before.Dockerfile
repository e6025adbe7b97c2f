FROM continuumio/miniconda3
WORKDIR /app/services/api
COPY . /app
RUN conda env update -n base -f environment.yml
