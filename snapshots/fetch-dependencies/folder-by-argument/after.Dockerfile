FROM golang:1.22
ARG BUILD_DIR=/build

COPY go.mod go.sum "${BUILD_DIR}"/
RUN cd $BUILD_DIR && go mod download
# sources
COPY ./ "${BUILD_DIR}"
RUN cd $BUILD_DIR && go build -o /bin/server .
