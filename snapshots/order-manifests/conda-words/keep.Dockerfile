FROM continuumio/miniconda3 AS shell
WORKDIR /app
COPY shell .
RUN conda env update -f environment.yml $(cat packages)

FROM continuumio/miniconda3 AS settings
WORKDIR /app
COPY settings .
RUN conda env update --rc-file ci/condarc -f environment.yml

FROM continuumio/miniconda3 AS archive
WORKDIR /app
COPY archive .
RUN conda install -y --file packages.txt
