FROM gradle:8.12-jdk21 AS include
WORKDIR /src
COPY include .
RUN gradle dependencies

FROM gradle:8.12-jdk21 AS call
WORKDIR /src
COPY call .
RUN gradle dependencies

FROM gradle:8.12-jdk21 AS catalog
WORKDIR /src
COPY catalog .
RUN gradle dependencies

FROM gradle:8.12-jdk21 AS string
WORKDIR /src
COPY string .
RUN gradle dependencies

FROM gradle:8.12-jdk21 AS filled
WORKDIR /src
COPY filled .
RUN gradle dependencies
