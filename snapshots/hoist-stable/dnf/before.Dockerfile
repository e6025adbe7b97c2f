FROM fedora:42
WORKDIR /app
COPY . .
RUN dnf install -y gcc glibc-devel && dnf clean all
RUN cc -o shop src/main.c
CMD ["./shop"]
