FROM debian:12
ARG VCS_REF
ARG BUILD_DATE
LABEL revision=$VCS_REF created=$BUILD_DATE
RUN apt-get update && apt-get install -y tree
COPY . /app
RUN echo $VCS_REF > /app/revision
CMD ["/app/start"]
