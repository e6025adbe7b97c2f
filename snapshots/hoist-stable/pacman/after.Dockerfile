FROM archlinux:base
WORKDIR /app
RUN pacman -Syu --noconfirm gcc && rm -rf /var/cache/pacman/pkg/*
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
