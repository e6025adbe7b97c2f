module example.com/letters

go 1.22

require (
	git.example.com/words v1.0.0
	git.example.com/checks v1.0.0
)
