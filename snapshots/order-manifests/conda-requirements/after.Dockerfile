FROM continuumio/miniconda3
WORKDIR /app
COPY environment.yml ./
COPY requirements/web.txt ./requirements/
RUN conda env create -f environment.yml
COPY . .
