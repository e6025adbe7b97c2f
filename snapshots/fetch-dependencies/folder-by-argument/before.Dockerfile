FROM golang:1.22
ARG BUILD_DIR=/build

# sources
COPY ./ "${BUILD_DIR}"
RUN cd $BUILD_DIR && go build -o /bin/server .
