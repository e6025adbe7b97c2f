FROM fedora:42
WORKDIR /app
RUN dnf install -y gcc glibc-devel && dnf clean all
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
