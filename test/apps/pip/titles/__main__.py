from titles import title

print(title())
