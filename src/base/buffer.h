#ifndef DINGJIA_BASE_BUFFER_H
#define DINGJIA_BASE_BUFFER_H

#include <stddef.h>

/* Growable octets with a maximum given at birth; always NUL-terminated once something is in it. */
struct buffer {
    char *data;
    size_t length;
    size_t capacity;
    size_t maximum;
    int failed; /* sticky: 1 after any append that did not fit or found no memory */
    int full;   /* sticky: 1 after any append that did not fit */
};

void buffer_init(struct buffer *buffer, size_t maximum);

/* Appending returns 0, or -1 with the buffer unchanged and `failed` set. Callers may append many
 * times and look at `failed` once. */
int buffer_append(struct buffer *buffer, const void *octets, size_t length);
int buffer_append_text(struct buffer *buffer, const char *text);
int buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Contents as a string; "" when empty. Borrowed. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the contents over (free with free()); the buffer is empty afterwards. NULL when failed. */
char *buffer_take(struct buffer *buffer, size_t *length);

void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_free(struct buffer *buffer);  /* safe on a zeroed buffer */

#endif
