FROM golang:1.22
ENV GOPRIVATE=git.example.com
WORKDIR /src
COPY . .
RUN --mount=type=secret,id=netrc,target=/root/.netrc go build -o /bin/letters .
