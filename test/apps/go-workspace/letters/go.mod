module example.com/letters

go 1.24

require example.com/words v1.2.0
