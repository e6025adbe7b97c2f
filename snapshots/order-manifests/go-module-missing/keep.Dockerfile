FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /bin/server .

FROM golang:1.22 AS tool
WORKDIR /src
COPY . .
RUN cd tool && go mod download
RUN cd tool && go build -o /bin/tool .

FROM scratch
COPY --from=build /bin/server /server
COPY --from=tool /bin/tool /tool
ENTRYPOINT ["/server"]
