FROM gcc:14
WORKDIR /app
COPY . .
RUN make -f build.mk
CMD ["./greetings"]
