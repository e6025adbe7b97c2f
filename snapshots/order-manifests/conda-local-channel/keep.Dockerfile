FROM continuumio/miniconda3
WORKDIR /app
COPY . .
RUN conda install -y --use-local --file packages.txt
