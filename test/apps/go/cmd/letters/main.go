// Letters greets those that it is told of.
package main

import (
	"os"

	"example.com/letters/greeting"
)

func main() {
	for _, name := range os.Args[1:] {
		os.Stdout.WriteString(greeting.For(name) + "\n")
	}
}
