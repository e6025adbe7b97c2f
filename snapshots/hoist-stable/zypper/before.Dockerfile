FROM opensuse/leap:15.6
WORKDIR /app
COPY . .
RUN zypper --non-interactive install gcc && zypper clean --all
RUN cc -o shop src/main.c
CMD ["./shop"]
