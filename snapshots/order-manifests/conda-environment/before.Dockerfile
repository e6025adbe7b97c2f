FROM continuumio/miniconda3
WORKDIR /app
COPY . .
RUN conda env create -f environment.yml && conda clean -afy
CMD ["conda", "run", "-n", "letters", "python", "app.py"]
