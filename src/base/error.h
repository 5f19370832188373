#ifndef DINGJIA_BASE_ERROR_H
#define DINGJIA_BASE_ERROR_H

#include "base/language.h"

/* Why something could not be done. "Judged and refused" is a verdict, never one of these. */
enum error_code {
    ERROR_NONE = 0,
    ERROR_USAGE,    /* the call itself is wrong                      exit 64 */
    ERROR_INPUT,    /* not an acceptable record or certificate       exit 65 */
    ERROR_OPEN,     /* cannot be opened or read                      exit 66 */
    ERROR_INTERNAL, /* a fault of the program                        exit 70 */
    ERROR_MEMORY,   /* memory ran out                                exit 70 */
    ERROR_WRITE,    /* the result could not be written               exit 74 */
    ERROR_CONFIG    /* pack, key, trust or configuration refused     exit 78 */
};

enum { ERROR_SOURCE_MAX = 512, ERROR_TEXT_MAX = 1024 };

/* What went wrong, in both languages. Owned by the caller, who zeroes it (`struct error e = {0}`);
 * the first error set wins. line and column are 0 where unknown. */
struct error {
    enum error_code code;
    unsigned line;
    unsigned column;
    char source[ERROR_SOURCE_MAX];
    char zh[ERROR_TEXT_MAX];
    char en[ERROR_TEXT_MAX];
};

/* Records a failure unless one is recorded already. `zh` and `en` take the same arguments; a text
 * that exists in both languages is passed twice and the other one swallowed ("%s%.0s", "%.0s%s").
 * Control characters in the result become '?'. The texts do not repeat the name of the file: that
 * is in `source`, see error_place(). `err` may be NULL. Returns `code`, so that a function can
 * `return error_set(...)`. */
enum error_code error_set(struct error *err, enum error_code code, const char *zh, const char *en,
                          ...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* error_set() with the one text there is for memory that ran out. */
enum error_code error_memory(struct error *err);

/* Adds the place to a recorded error that has none yet; `source` may be NULL. */
void error_place(struct error *err, const char *source, unsigned line, unsigned column);

/* The text of the error in `language`. */
const char *error_text(const struct error *err, enum language language);

/* The exit status of design section 2 for a code, and its stable English name ("input", ...). */
int error_exit_status(enum error_code code);
const char *error_name(enum error_code code);

#endif
