FROM debian:12
ARG TOOL_COMMIT
ARG VERSION
ARG VCS_REF
LABEL revision=$VCS_REF
RUN apt-get update && apt-get install -y curl
RUN curl -fsSL -o /opt/app.tar.gz https://example.com/app-$VERSION.tar.gz
RUN mkdir /opt/app && tar -xzf /opt/app.tar.gz -C /opt/app
RUN /opt/app/setup
CMD ["/opt/app/run"]
