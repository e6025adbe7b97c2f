FROM golang:1.22 AS build
ARG PROJECT
COPY . .
RUN cd "$PROJECT" && go build -o /bin/server .

FROM scratch
COPY --from=build /bin/server /server
ENTRYPOINT ["/server"]
