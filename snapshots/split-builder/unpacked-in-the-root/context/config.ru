require "pg"

run ->(_env) { [200, {}, ["shop"]] }
