# frozen_string_literal: true

require "speech"

puts Speech.first
