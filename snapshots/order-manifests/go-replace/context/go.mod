module example.com/letters

go 1.22

require github.com/pkg/errors v0.9.1

require example.com/words v0.0.0

replace example.com/words => ./words
