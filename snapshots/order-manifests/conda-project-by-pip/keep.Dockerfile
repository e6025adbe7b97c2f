FROM mambaorg/micromamba:1.5
COPY --chown=$MAMBA_USER:$MAMBA_USER . /tmp/app
RUN micromamba install -y -n base -f /tmp/app/environment.yml
