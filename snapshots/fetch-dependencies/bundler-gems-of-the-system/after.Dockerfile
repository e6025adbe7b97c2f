FROM example/passenger
COPY Gemfile Gemfile.lock /home/app/site/
RUN cd /home/app/site && BUNDLE_FROZEN=false bundle install --no-cache
ADD . /home/app/site
WORKDIR /home/app/site
RUN bundle install
