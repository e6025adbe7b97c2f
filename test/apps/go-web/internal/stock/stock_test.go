package stock

import "testing"

func TestItems(t *testing.T) {
	if len(Items()) == 0 {
		t.Error("nothing in stock")
	}
}
