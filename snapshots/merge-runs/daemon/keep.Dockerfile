FROM debian:12
RUN /etc/init.d/mysql start && mysql -e "create database shop"
RUN touch /two
