FROM rockylinux:9
WORKDIR /app
COPY . .
RUN yum -y install gcc && yum clean all
RUN cc -o shop src/main.c
CMD ["./shop"]
