package main

import (
	"log"
	"os"
)

func main() {
	file, err := os.Create(os.Getenv("LOGS") + "/shop.log")
	if err != nil {
		log.Fatal(err)
	}
	log.SetOutput(file)
}
