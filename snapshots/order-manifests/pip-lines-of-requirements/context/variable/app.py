print("letters")
