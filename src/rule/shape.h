#ifndef DINGJIA_RULE_SHAPE_H
#define DINGJIA_RULE_SHAPE_H

#include "rule/pack_parts.h"
#include "xml/node.h"

/* One kind of element of a pack file: where it may stand and what it must and may carry. */
struct shape {
    const char *name;
    const char *parents;    /* names between blanks; "" for the root of a file */
    const char *attributes; /* names between blanks, '!' after a required one */
};

/* The row for `node`, whose parent is the element `parent` ("" at the root). NULL, with
 * ERROR_CONFIG, when the element may not stand there or its attributes are not as in its row.
 * A table ends with a row without name. */
const struct shape *shape_check(const struct shape *table, struct pack_loader *loader,
                                const struct xml_node *node, const char *parent, const char *file);

/* The value of xml:lang as LANGUAGE_ZH or LANGUAGE_EN; -1 for any other, -2 for none. */
int shape_language(const struct xml_node *node);

#endif
