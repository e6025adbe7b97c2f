FROM gcc:14
COPY hello.c .
RUN gcc hello.c -o hello
CMD ["./hello"]
