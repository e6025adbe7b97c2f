Gem::Specification.new { |s| s.name = "letters" }
