module example.com/shapes

go 1.24

require example.com/checks v1.0.0
