FROM gradle:8-jdk21
WORKDIR /src
COPY . .
RUN gradle installDist
CMD ["build/install/shop/bin/shop"]
