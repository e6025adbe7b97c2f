# frozen_string_literal: true

require "words"

puts Words.first
