FROM example/passenger
ADD . /home/app/site
WORKDIR /home/app/site
RUN bundle install
