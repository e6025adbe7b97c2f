// what is asked of the shelves
