#include <stdio.h>
#include "words.h"

/* Greets by "src" and "Makefile". */
int main(void) {
  FILE *file = fopen("data/greetings.txt", "r");
  return file ? greet(file) : 1;
}
