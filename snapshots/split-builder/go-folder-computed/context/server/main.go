package main

func main() { println("tides") }
