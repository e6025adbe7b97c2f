from --platform=$TARGETPLATFORM \
    # long-term support
    node:20 \
    as build
run node --version