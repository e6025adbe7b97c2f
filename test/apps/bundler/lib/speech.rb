# frozen_string_literal: true

require "words"
require_relative "speech/version"

module Speech
  def self.first = "#{Words.first}!"
end
