FROM continuumio/miniconda3
WORKDIR /app
COPY . .
RUN conda install -y ./words-1.0-0.conda --file packages.txt
