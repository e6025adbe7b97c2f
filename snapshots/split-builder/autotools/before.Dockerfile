FROM gcc:14
WORKDIR /usr/src/greetings
COPY . .
RUN ./configure --prefix=/opt/greetings && make && make install
CMD ["/opt/greetings/bin/greetings"]
