FROM centos:7
RUN yum install -y gcc make && rm -rf /var/cache/yum/*
COPY . /src
RUN cd /src && make && make install
RUN yum clean all && rm -rf /var/cache/yum
