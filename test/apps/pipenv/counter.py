import words

print(f"{words.first()}: {len(words.first())}")
