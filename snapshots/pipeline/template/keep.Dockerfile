FROM {{ base }}
RUN mkdir /a
RUN mkdir /b
