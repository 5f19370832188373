#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_FIRST_CAPACITY = 256 };

void buffer_init(struct buffer *buffer, size_t maximum)
{
    *buffer = (struct buffer){.maximum = maximum};
}

static int fail(struct buffer *buffer)
{
    buffer->failed = 1;
    return -1;
}

/* Makes room for `length` more octets and the terminating NUL. */
static int reserve(struct buffer *buffer, size_t length)
{
    if (length > buffer->maximum || buffer->length > buffer->maximum - length) {
        buffer->full = 1;
        return fail(buffer);
    }
    size_t wanted = buffer->length + length + 1;
    if (buffer->data != NULL && wanted <= buffer->capacity)
        return 0;

    size_t capacity = buffer->capacity > 0 ? buffer->capacity : BUFFER_FIRST_CAPACITY;
    while (capacity < wanted)
        capacity = capacity > buffer->maximum / 2 ? buffer->maximum + 1 : capacity * 2;
    char *data = realloc(buffer->data, capacity);
    if (data == NULL)
        return fail(buffer);
    buffer->data = data;
    buffer->capacity = capacity;
    return 0;
}

int buffer_append(struct buffer *buffer, const void *octets, size_t length)
{
    if (reserve(buffer, length) != 0)
        return -1;
    if (length > 0)
        memcpy(buffer->data + buffer->length, octets, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return 0;
}

int buffer_append_text(struct buffer *buffer, const char *text)
{
    return buffer_append(buffer, text, strlen(text));
}

int buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || reserve(buffer, (size_t)length) != 0)
        return fail(buffer);
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
    return 0;
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data == NULL ? "" : buffer->data;
}

char *buffer_take(struct buffer *buffer, size_t *length)
{
    char *data = NULL;

    if (!buffer->failed && (buffer->data != NULL || buffer_append(buffer, "", 0) == 0)) {
        data = buffer->data;
        if (length != NULL)
            *length = buffer->length;
        buffer->data = NULL;
    }
    buffer_free(buffer);
    return data;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->failed = 0;
    buffer->full = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    buffer->data = NULL;
    buffer->length = 0;
    buffer->capacity = 0;
}
