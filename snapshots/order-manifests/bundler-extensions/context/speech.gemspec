require_relative "lib/speech/version"

Gem::Specification.new do |spec|
  spec.name = "speech"
  spec.version = Speech::VERSION
  spec.authors = ["Anybody"]
  spec.summary = "Says words"
  spec.files = Dir["lib/**/*.rb"]
  spec.extensions = ["ext/speech/extconf.rb"]
  spec.add_dependency "words", "~> 2.0"
end
