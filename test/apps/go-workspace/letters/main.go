// Letters prints a greeting in a box.
package main

import (
	"os"

	"example.com/shapes"
	"example.com/words"
)

func main() {
	os.Stdout.WriteString(shapes.Box(words.Greeting("world")) + "\n")
}
