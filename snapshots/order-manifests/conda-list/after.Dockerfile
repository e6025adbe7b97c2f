FROM condaforge/mambaforge
WORKDIR /app
COPY packages.txt /app/
RUN mamba install --yes --file packages.txt
COPY . /app
