package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	program, _ := os.Executable()
	notes, _ := os.ReadDir(filepath.Dir(program))
	fmt.Println(notes)
}
