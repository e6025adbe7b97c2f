FROM alpine:3.20
COPY settings /etc/
RUN chmod 644 /etc/settings

# quotes go over lines
RUN echo -e "\nenabled=1\n \
            size=64M" >> /etc/settings

ENV LEVEL=1
RUN apk add --no-cache curl \
                       git
RUN mkdir /data
