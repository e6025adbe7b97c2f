from rust:1.90 as build
workdir /src
# Sources, without what is built.
copy . .
run cargo build \
    # As small as it gets.
    --profile small \
    --features loud

from debian:trixie-slim
copy --from=build /src/target/small/letters /usr/local/bin/
cmd ["letters"]
