fun main() = println("open")
