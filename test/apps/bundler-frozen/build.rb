# frozen_string_literal: true

require "words"

File.write("first.txt", Words.first)
