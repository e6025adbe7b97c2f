#include "forecast.h"

#include <stdio.h>
#include <string.h>

int forecast(const char *file, const char *town, char *line, size_t size) {
  FILE *towns = fopen(file, "r");
  if (towns == NULL) return 0;
  while (fgets(line, (int)size, towns) != NULL)
    if (strncmp(line, town, strlen(town)) == 0) {
      fclose(towns);
      return 1;
    }
  line[0] = '\0';
  fclose(towns);
  return 1;
}
