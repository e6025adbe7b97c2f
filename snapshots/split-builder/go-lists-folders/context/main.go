package main

import (
	"fmt"
	"path/filepath"
)

func main() {
	notes, _ := filepath.Glob("*/*.md")
	fmt.Println(notes)
}
