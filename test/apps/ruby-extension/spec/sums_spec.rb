require "sums"

raise "wrong" unless Sums.of("a") == 97
