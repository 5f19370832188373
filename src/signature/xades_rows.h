#ifndef DINGJIA_SIGNATURE_XADES_ROWS_H
#define DINGJIA_SIGNATURE_XADES_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "signature/xades.h"

/* The table itself, for its reader and its writer alone. */

enum { XADES_ATTRIBUTES_MAX = 2 };

struct xades_attribute {
    const char *name;
    const char *fixed;    /* NULL: */
    enum xades_slot slot; /* the value stands there */
};

/* One element, in document order. */
struct xades_row {
    unsigned depth;
    const char *name; /* with the prefix it is written with */
    bool declares;    /* xmlns is written here, as exclusive C14N of the part wants it */
    bool optional;    /* may be absent with all that is below it; present, it is not empty */
    struct xades_attribute attributes[XADES_ATTRIBUTES_MAX]; /* in canonical order */
    enum xades_slot content; /* text; elements or nothing when XADES_NONE */
    enum xades_list list;    /* or text that may occur again */
    const char *fixed;       /* or text that never varies */
    enum xades_part part;    /* which part begins here */
};

/* Row number `index`, NULL past the last. */
const struct xades_row *xades_row(size_t index);

/* The first row after `index` that is not below it. */
size_t xades_row_after(size_t index);

/* Whether the element holds text. */
bool xades_row_has_text(const struct xades_row *row);

const char *xades_row_uri(const struct xades_row *row);

#endif
