FROM alpine:3.20
RUN <<EOF
apk update
apk add git
EOF

# users
RUN <<EOT
addgroup -S docker
adduser -S -G docker vscode
EOT
RUN <<EOF
touch /end
EOF
