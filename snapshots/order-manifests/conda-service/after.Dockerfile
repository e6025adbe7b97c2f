FROM continuumio/miniconda3
WORKDIR /app/services/api
COPY services/api/environment.yml /app/services/api/
RUN conda env update -n base -f environment.yml
COPY . /app
