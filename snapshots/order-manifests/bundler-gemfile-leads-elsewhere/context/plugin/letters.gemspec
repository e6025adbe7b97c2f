Gem::Specification.new do |s|
  s.name = "letters"
  s.version = "1.0.0"
end
