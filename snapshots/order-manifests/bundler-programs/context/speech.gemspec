Gem::Specification.new do |spec|
  spec.name = "speech"
  spec.version = "1.0"
  spec.authors = ["Anybody"]
  spec.summary = "Speech"
  spec.executables = ["speak"]
end
