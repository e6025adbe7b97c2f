apt-get install -y zip
