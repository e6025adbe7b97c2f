#include "words.h"

int greet(FILE *file) {
  return fgetc(file) == EOF;
}
