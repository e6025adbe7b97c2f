FROM continuumio/miniconda3
WORKDIR /app
COPY environment.yml ./
RUN conda env create -p ./environment -f environment.yml
COPY . .
