puts "letters"
