plugins {
    kotlin("jvm") version "2.1.0"
    application
}

version = "1.0"

repositories {
    mavenCentral()
}

application {
    mainClass = "shop.MainKt"
}
