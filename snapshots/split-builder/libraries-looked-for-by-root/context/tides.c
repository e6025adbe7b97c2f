int height(void) { return 7; }
