package main

import (
	"fmt"
	"os"
)

func main() {
	page, err := os.ReadFile(os.Args[1] + ".md")
	fmt.Println(string(page), err)
}
