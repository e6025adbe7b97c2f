FROM continuumio/miniconda3
WORKDIR /app
COPY . .
RUN mamba install -y --file packages.txt --file /opt/packages.txt
