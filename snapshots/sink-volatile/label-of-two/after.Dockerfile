FROM debian:12
RUN apt-get update && apt-get install -y tree
COPY . /app
ARG VCS_REF
RUN echo $VCS_REF > /app/revision
ARG BUILD_DATE
LABEL revision=$VCS_REF created=$BUILD_DATE
CMD ["/app/start"]
