source "https://gems.example"

gem "words", "~> 2.0"
