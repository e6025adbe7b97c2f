#ifndef FORECAST_H
#define FORECAST_H

#include <stddef.h>

/* Writes the line of `file` for a town into `line`, or nothing where there is none; 0 where the file can't be read. */
int forecast(const char *file, const char *town, char *line, size_t size);

#endif
