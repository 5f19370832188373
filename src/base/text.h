#ifndef DINGJIA_BASE_TEXT_H
#define DINGJIA_BASE_TEXT_H

#include <stddef.h>

/* Length in octets of the strict UTF-8 character at `text` (no overlong forms, no surrogates, at
 * most U+10FFFF); 0 when there is none. */
size_t text_character_length(const unsigned char *text, size_t length);

/* Offset of the first octet that is not strict UTF-8; `length` when all of it is. */
size_t text_first_bad_octet(const void *octets, size_t length);

/* Line and column (in characters, both from 1) of an offset. */
void text_position(const void *octets, size_t offset, unsigned *line, unsigned *column);

/* Copies `source` into `target` of `size` octets, cut between characters; always terminated. */
void text_fit(char *target, size_t size, const char *source);

/* Owned copies, NULL when memory ran out. */
char *text_copy(const char *text);
char *text_copy_part(const char *text, size_t length);

/* Replaces, in place, what could steer a terminal or reorder a line (control characters, line
 * separators, bidirectional overrides) by '?'. */
void text_sanitise(char *text);

#endif
