FROM debian:bookworm
RUN sysctl -w kernel.shmmax=1073741824
RUN echo "vm.swappiness = 10" >> /etc/sysctl.conf

FROM debian:bookworm
RUN hostname letters
RUN hostname > /etc/letters
