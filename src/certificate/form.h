#ifndef DINGJIA_CERTIFICATE_FORM_H
#define DINGJIA_CERTIFICATE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* How a Statement is written, as one table that build.c writes by and parse.c reads by. It says the
 * same as schemas/certificate/1.0/certificate.xsd. */

/* FORM_DIGEST is as a record may write it, in either case; the others have one form. */
enum form_text { FORM_NAME, FORM_HEX32, FORM_HEX64, FORM_DIGEST, FORM_INSTANT, FORM_ONE_OF };

/* One attribute and the member (a const char *) it is in. */
struct form_field {
    const char *name;
    size_t offset; /* in struct claims, or in the item of a list */
    bool required;
    enum form_text text;
    const char *const *allowed; /* for FORM_ONE_OF, NULL at the end */
};

/* The repeated child of an element and the array it is in. */
struct form_list {
    const char *name;
    const struct form_field *fields; /* a NULL name at the end */
    size_t items_offset;
    size_t count_offset;
    size_t item_size;
    size_t minimum;
    size_t maximum;
};

struct form {
    const char *name;
    const struct form_field *fields; /* in canonical order; a NULL name at the end */
    const struct form_list *list;    /* NULL: no children */
};

/* The children of Statement in order, before the two Disclaimer; NULL past the last. */
const struct form *form_at(size_t index);

/* The text of `field` in `structure`; NULL when absent. */
const char *form_get(const void *structure, const struct form_field *field);
void form_set(void *structure, const struct form_field *field, const char *text);

/* Whether the text is one the field may have. ERROR_INPUT, naming `element`, when not. */
int form_check(const char *element, const struct form_field *field, const char *text,
               struct error *err);

/* The array of a list. */
void *form_items(const void *claims, const struct form_list *list, size_t *count);
void form_set_items(void *claims, const struct form_list *list, void *items, size_t count);

#endif
