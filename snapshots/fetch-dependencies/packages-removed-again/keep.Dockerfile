FROM golang:1.22-alpine
WORKDIR /src
COPY . .
RUN apk add --no-cache --virtual .build git gcc musl-dev && go build -o /bin/letters . && apk del .build
CMD ["letters"]
