import magic

print(magic.from_file("serve.py"))
