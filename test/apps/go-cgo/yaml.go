package main

/*
#cgo pkg-config: yaml-0.1
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

// The scalars of a document, each with a zero behind it; NULL where it is none.
static char *scalars(const unsigned char *text, size_t length, size_t *size) {
	yaml_parser_t parser;
	yaml_token_t token;
	char *found = malloc(1);
	int kind = YAML_NO_TOKEN;
	*size = 0;
	if (!yaml_parser_initialize(&parser)) return NULL;
	yaml_parser_set_input_string(&parser, text, length);
	while (kind != YAML_STREAM_END_TOKEN) {
		if (!yaml_parser_scan(&parser, &token)) {
			free(found);
			found = NULL;
			break;
		}
		kind = token.type;
		if (kind == YAML_SCALAR_TOKEN) {
			found = realloc(found, *size + token.data.scalar.length + 1);
			memcpy(found + *size, token.data.scalar.value, token.data.scalar.length);
			*size += token.data.scalar.length;
			found[(*size)++] = 0;
		}
		yaml_token_delete(&token);
	}
	yaml_parser_delete(&parser);
	return found;
}
*/
import "C"

import (
	"errors"
	"os"
	"strings"
	"unsafe"
)

// readEntries lists the scalars of a YAML file, in their order.
func readEntries(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	input := C.CBytes(text)
	defer C.free(input)
	var size C.size_t
	found := C.scalars((*C.uchar)(input), C.size_t(len(text)), &size)
	if found == nil {
		return nil, errors.New("no YAML: " + path)
	}
	defer C.free(unsafe.Pointer(found))
	return strings.Split(strings.TrimSuffix(C.GoStringN(found, C.int(size)), "\x00"), "\x00"), nil
}
