FROM archlinux:base
WORKDIR /app
COPY . .
RUN pacman -Syu --noconfirm gcc && rm -rf /var/cache/pacman/pkg/*
RUN cc -o shop src/main.c
CMD ["./shop"]
