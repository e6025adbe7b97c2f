from --platform=$TARGETPLATFORM \
    # long-term support
    node:20@sha256:2020202020202020202020202020202020202020202020202020202020202020 \
    as build
run node --version