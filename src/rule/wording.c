#include "rule/wording.h"

#include <stdarg.h>
#include <stdio.h>

bool wording_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void wording_fold(char *text)
{
    char *end = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (!wording_is_space(*at))
            *end++ = *at;
        else if (end > text && end[-1] != ' ')
            *end++ = ' ';
    }
    if (end > text && end[-1] == ' ')
        end--;
    *end = '\0';
}

static bool is_wide(char c)
{
    return ((unsigned char)c & 0x80U) != 0;
}

void wording_fold_literal(char *text)
{
    char *end = text;
    const char *at = text;
    while (*at != '\0') {
        if (!wording_is_space(*at)) {
            *end++ = *at++;
            continue;
        }
        bool broken = false;
        for (; wording_is_space(*at); at++)
            broken = broken || *at == '\n';
        if (!(broken && end > text && is_wide(end[-1]) && is_wide(*at)))
            *end++ = ' ';
    }
    *end = '\0';
}

const char *wording_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : arena_take(arena, (size_t)length + 1);
    if (text == NULL)
        return "";
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
