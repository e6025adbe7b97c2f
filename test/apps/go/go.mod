module example.com/letters

go 1.24

require (
	example.com/checks v1.0.0
	example.com/words v1.2.0
)
