FROM gcc:14
WORKDIR /usr/src/greetings
COPY . .
RUN ./configure && make && make install
CMD ["greetings"]
