FROM opensuse/leap:15.6
WORKDIR /app
RUN zypper --non-interactive install gcc && zypper clean --all
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
