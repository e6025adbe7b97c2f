from rust:1.90 as chef
workdir /src
run cargo install cargo-chef --locked --version 0.1.77

from chef as planner
copy . .
run cargo chef prepare --recipe-path recipe.json

from chef as build
copy --from=planner /src/recipe.json recipe.json
run cargo chef cook --profile small --features loud --recipe-path recipe.json && rm recipe.json
# Sources, without what is built.
copy . .
run cargo build \
    # As small as it gets.
    --profile small \
    --features loud

from debian:trixie-slim
copy --from=build /src/target/small/letters /usr/local/bin/
cmd ["letters"]
