open("/srv/shop", "w")
