FROM condaforge/mambaforge
WORKDIR /app
COPY . /app
RUN mamba install --yes --file packages.txt
