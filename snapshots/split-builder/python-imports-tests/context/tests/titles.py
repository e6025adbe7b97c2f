TITLES = ["Emma"]
