FROM alpine:3.20
RUN <<EOF
apk update
apk add git || exit
# users
addgroup -S docker
adduser -S -G docker vscode || exit
touch /end
EOF
