FROM continuumio/miniconda3
WORKDIR /app
COPY environment.yml requirements.txt ./
RUN conda env create -f environment.yml && conda clean -afy
COPY . .
CMD ["conda", "run", "-n", "letters", "python", "app.py"]
