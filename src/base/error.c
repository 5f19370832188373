#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct {
    enum error_code code;
    const char *name;
    int exit_status;
} error_table[] = {
    {ERROR_NONE, "none", 0},    {ERROR_USAGE, "usage", 64},       {ERROR_INPUT, "input", 65},
    {ERROR_OPEN, "open", 66},   {ERROR_INTERNAL, "internal", 70}, {ERROR_MEMORY, "memory", 70},
    {ERROR_WRITE, "write", 74}, {ERROR_CONFIG, "config", 78},
};

enum { ERROR_TABLE_LENGTH = sizeof error_table / sizeof error_table[0] };

/* A text that was cut may end in half a character; sanitising makes such octets '?'. */
static void format_text(char text[ERROR_TEXT_MAX], const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void format_text(char text[ERROR_TEXT_MAX], const char *format, va_list arguments)
{
    int length = vsnprintf(text, ERROR_TEXT_MAX, format, arguments);

    if (length < 0)
        text[0] = '\0';
    if (length >= ERROR_TEXT_MAX) {
        text_fit(text + ERROR_TEXT_MAX - 4, 4, "...");
        size_t bad = text_first_bad_octet(text, ERROR_TEXT_MAX - 4);
        if (bad < ERROR_TEXT_MAX - 4)
            text_fit(text + bad, 4, "...");
    }
    text_sanitise(text);
}

enum error_code error_set(struct error *err, enum error_code code, const char *zh, const char *en,
                          ...)
{
    va_list arguments;

    if (err == NULL || err->code != ERROR_NONE)
        return code;
    err->code = code;
    va_start(arguments, en);
    format_text(err->zh, zh, arguments);
    va_end(arguments);
    va_start(arguments, en);
    format_text(err->en, en, arguments);
    va_end(arguments);
    return code;
}

void error_place(struct error *err, const char *source, unsigned line, unsigned column)
{
    if (err == NULL || err->code == ERROR_NONE)
        return;
    if (source != NULL && err->source[0] == '\0') {
        text_fit(err->source, sizeof err->source, source);
        text_sanitise(err->source);
    }
    if (err->line == 0) {
        err->line = line;
        err->column = column;
    }
}

enum error_code error_memory(struct error *err)
{
    return error_set(err, ERROR_MEMORY, "内存不足", "out of memory");
}

const char *error_text(const struct error *err, enum language language)
{
    return bilingual_pick((struct bilingual){err->zh, err->en}, language);
}

int error_exit_status(enum error_code code)
{
    for (size_t i = 0; i < ERROR_TABLE_LENGTH; i++) {
        if (error_table[i].code == code)
            return error_table[i].exit_status;
    }
    return 70;
}

const char *error_name(enum error_code code)
{
    for (size_t i = 0; i < ERROR_TABLE_LENGTH; i++) {
        if (error_table[i].code == code)
            return error_table[i].name;
    }
    return "internal";
}
