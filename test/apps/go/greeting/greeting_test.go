package greeting

import (
	"testing"

	"example.com/checks"
)

func TestFor(t *testing.T) {
	if !checks.Same(For("world"), "hello, world!") {
		t.Fatal(For("world"))
	}
}
