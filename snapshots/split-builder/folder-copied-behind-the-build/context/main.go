package main

import (
	"fmt"
	"os"
)

func main() {
	list, _ := os.ReadFile("data/list.txt")
	fmt.Println(string(list))
}
