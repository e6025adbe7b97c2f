FROM debian:12
RUN touch /one
RUN echo "$LINENO" > /line
