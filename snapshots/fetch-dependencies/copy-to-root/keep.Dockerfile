FROM golang:1.22 AS build
COPY . /
RUN cd /server && go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
