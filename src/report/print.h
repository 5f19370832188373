#ifndef DINGJIA_REPORT_PRINT_H
#define DINGJIA_REPORT_PRINT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/language.h"

enum print_colour { PRINT_PLAIN, PRINT_RED, PRINT_GREEN, PRINT_YELLOW, PRINT_BOLD };

/* Where text for people goes. Failures stay in the stream (ferror). */
struct print {
    FILE *out;
    enum language language;
    bool colour;
};

/* Text that may come from a record: whatever could steer a terminal is taken out. */
void print_foreign(const struct print *print, const char *text);

/* Our own text, in the language of the report. */
void print_own(const struct print *print, const char *zh, const char *en);
void print_pick(const struct print *print, struct bilingual text);

/* Our own text in colour where colours are wanted. */
void print_coloured(const struct print *print, enum print_colour colour, const char *text);

/* "label：" or "label: ", padded to one width for all labels of a list. */
void print_label(const struct print *print, const char *zh, const char *en);

/* An indented line "name：value"; nothing when there is no value. */
void print_field(const struct print *print, struct bilingual name, const char *value);
void print_instant(const struct print *print, struct bilingual name, int64_t seconds);

#endif
