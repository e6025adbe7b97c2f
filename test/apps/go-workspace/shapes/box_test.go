package shapes

import (
	"testing"

	"example.com/checks"
)

func TestBox(t *testing.T) {
	if !checks.Same(Box("a"), "+---+\n| a |\n+---+") {
		t.Fatal(Box("a"))
	}
}
