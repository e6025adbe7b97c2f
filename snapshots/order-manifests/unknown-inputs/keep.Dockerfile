FROM haskell:9
WORKDIR /app
COPY . .
RUN cabal install --only-dependencies
