BOOKS = ["Dubliners"]
