require "mkmf"

create_makefile("sums")
