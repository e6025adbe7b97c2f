FROM archlinux:base
WORKDIR /app
COPY . .
RUN pacman -U --noconfirm packages/shop.pkg.tar.zst
CMD ["shop"]
