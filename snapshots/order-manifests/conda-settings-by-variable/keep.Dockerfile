FROM continuumio/miniconda3
ENV CONDARC=/app/conda.yml
WORKDIR /app
COPY . .
RUN conda env create -f environment.yml
