print("middlemarch")
