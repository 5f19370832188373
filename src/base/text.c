#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Unicode table 3-7: the second octet's range depends on the first. */
static const struct {
    unsigned char first_low;
    unsigned char first_high;
    unsigned char second_low;
    unsigned char second_high;
    unsigned char length;
} utf8_forms[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

static size_t multibyte_length(const unsigned char *text, size_t length)
{
    for (size_t i = 0; i < sizeof utf8_forms / sizeof utf8_forms[0]; i++) {
        if (text[0] < utf8_forms[i].first_low || text[0] > utf8_forms[i].first_high)
            continue;
        size_t wanted = utf8_forms[i].length;
        if (wanted > length || text[1] < utf8_forms[i].second_low ||
            text[1] > utf8_forms[i].second_high)
            return 0;
        for (size_t k = 2; k < wanted; k++) {
            if ((text[k] & 0xC0) != 0x80)
                return 0;
        }
        return wanted;
    }
    return 0;
}

size_t text_character_length(const unsigned char *text, size_t length)
{
    if (length == 0)
        return 0;
    if (text[0] < 0x80)
        return 1;
    return multibyte_length(text, length);
}

size_t text_first_bad_octet(const void *octets, size_t length)
{
    const unsigned char *text = octets;
    size_t offset = 0;

    while (offset < length) {
        size_t step = text_character_length(text + offset, length - offset);
        if (step == 0)
            return offset;
        offset += step;
    }
    return length;
}

void text_position(const void *octets, size_t offset, unsigned *line, unsigned *column)
{
    const unsigned char *text = octets;

    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            (*line)++;
            *column = 1;
        } else if ((text[i] & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}

void text_fit(char *target, size_t size, const char *source)
{
    size_t length = strlen(source);

    if (size == 0)
        return;
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)source[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(target, source, length);
    target[length] = '\0';
}

char *text_copy_part(const char *text, size_t length)
{
    char *copy = malloc(length + 1);

    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *text_copy(const char *text)
{
    return text_copy_part(text, strlen(text));
}

static uint32_t decode(const unsigned char *text, size_t length)
{
    uint32_t code = length == 1 ? text[0] : (uint32_t)(text[0] & (0x7F >> length));

    for (size_t i = 1; i < length; i++)
        code = code << 6 | (uint32_t)(text[i] & 0x3F);
    return code;
}

static int is_steering(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x061C || code == 0xFEFF;
}

void text_sanitise(char *text)
{
    unsigned char *in = (unsigned char *)text;
    unsigned char *out = in;
    size_t left = strlen(text);

    while (left > 0) {
        size_t step = text_character_length(in, left);
        if (step == 0 || is_steering(decode(in, step))) {
            *out++ = '?';
            step = step == 0 ? 1 : step;
        } else {
            memmove(out, in, step);
            out += step;
        }
        in += step;
        left -= step;
    }
    *out = '\0';
}
