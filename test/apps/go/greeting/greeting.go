package greeting

import "example.com/words"

// For is what name is told.
func For(name string) string {
	return words.Greeting(name) + "!"
}
