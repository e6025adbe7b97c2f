FROM rockylinux:9
WORKDIR /app
RUN yum -y install gcc && yum clean all
COPY . .
RUN cc -o shop src/main.c
CMD ["./shop"]
