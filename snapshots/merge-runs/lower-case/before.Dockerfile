from alpine:3.20
run touch one
run touch two
