FROM maven:3-amazoncorretto-17
WORKDIR /opt/shop
ADD pom.xml /opt/shop/
ADD src /opt/shop/src
ADD words /opt/shop/words
RUN mvn clean install -Dmaven.test.skip=true
CMD ["java", "-Xmx1g", "-Dwords=words/en.txt", "-cp", "target/shop-all.jar", "shop.Main"]
