#include <ruby.h>

/* The sum of a string's bytes. */
static VALUE sum_of(VALUE self, VALUE text) {
  unsigned long sum = 0;
  for (long at = 0; at < RSTRING_LEN(text); at++) sum += (unsigned char)RSTRING_PTR(text)[at];
  return ULONG2NUM(sum);
}

void Init_sums(void) { rb_define_module_function(rb_define_module("Sums"), "of", sum_of, 1); }
