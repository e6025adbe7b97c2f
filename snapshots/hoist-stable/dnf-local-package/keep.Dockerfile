FROM fedora:42
WORKDIR /app
COPY . .
RUN dnf install -y ./packages/shop.rpm
CMD ["shop"]
