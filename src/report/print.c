#include "report/print.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"

static const char *const sequences[] = {
    [PRINT_PLAIN] = "",           [PRINT_RED] = "\033[31;1m",
    [PRINT_GREEN] = "\033[32;1m", [PRINT_YELLOW] = "\033[33;1m",
    [PRINT_BOLD] = "\033[1m",
};

void print_foreign(const struct print *print, const char *text)
{
    char *copy = text_copy(text);

    if (copy == NULL) {
        fputs("?", print->out);
        return;
    }
    text_sanitise(copy);
    fputs(copy, print->out);
    free(copy);
}

void print_own(const struct print *print, const char *zh, const char *en)
{
    fputs(print->language == LANGUAGE_ZH ? zh : en, print->out);
}

void print_pick(const struct print *print, struct bilingual text)
{
    print_foreign(print, bilingual_pick(text, print->language));
}

void print_coloured(const struct print *print, enum print_colour colour, const char *text)
{
    if (!print->colour || colour == PRINT_PLAIN) {
        fputs(text, print->out);
        return;
    }
    fprintf(print->out, "%s%s\033[0m", sequences[colour], text);
}

void print_label(const struct print *print, const char *zh, const char *en)
{
    if (print->language == LANGUAGE_ZH)
        fprintf(print->out, "%s：", zh);
    else
        fprintf(print->out, "%-9s ", en);
}

void print_field(const struct print *print, struct bilingual name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fputs("  ", print->out);
    print_pick(print, name);
    print_own(print, "：", ": ");
    print_foreign(print, value);
    fputs("\n", print->out);
}

void print_instant(const struct print *print, struct bilingual name, int64_t seconds)
{
    char text[CLOCK_INSTANT_SIZE];

    clock_format_beijing(seconds, text);
    print_field(print, name, text);
}
