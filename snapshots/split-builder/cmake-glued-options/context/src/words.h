#include <stdio.h>

int greet(FILE *file);
