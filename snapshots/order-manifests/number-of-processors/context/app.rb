require "words"
