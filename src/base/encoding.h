#ifndef DINGJIA_BASE_ENCODING_H
#define DINGJIA_BASE_ENCODING_H

#include <stddef.h>

#include "base/buffer.h"

/* Lower-case hexadecimal; `hex` has room for 2*length+1. */
void encoding_hex(const unsigned char *octets, size_t length, char *hex);

/* Appends base64 without line breaks. 0 or -1. */
int encoding_base64_append(struct buffer *out, const unsigned char *octets, size_t length);

/* Strict base64: padded, no white space, no stray bits. Returns the decoded length, or -1 when the
 * text is anything else or does not fit in `size`. */
long encoding_base64_decode(const char *text, size_t length, unsigned char *octets, size_t size);

#endif
