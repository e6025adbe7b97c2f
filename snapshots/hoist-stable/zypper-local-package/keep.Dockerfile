FROM opensuse/leap:15.6
WORKDIR /app
COPY . .
RUN zypper -n install --allow-unsigned-rpm packages/shop.rpm
CMD ["shop"]
