package shapes

import "strings"

// Box is text with a line around it.
func Box(text string) string {
	line := "+" + strings.Repeat("-", len(text)+2) + "+"
	return strings.Join([]string{line, "| " + text + " |", line}, "\n")
}
