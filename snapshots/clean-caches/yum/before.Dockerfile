FROM centos:7
RUN yum install -y gcc make
COPY . /src
RUN cd /src && make && make install
RUN yum clean all && rm -rf /var/cache/yum
