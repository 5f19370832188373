#ifndef DINGJIA_XML_EXPRESSION_NAMES_H
#define DINGJIA_XML_EXPRESSION_NAMES_H

#include <stddef.h>

#include "base/error.h"

enum name_kind { NAME_PREFIX, NAME_FUNCTION, NAME_VARIABLE };

/* Called for each prefix, function and variable of an expression; `text` is not terminated.
 * Anything but 0 ends the walk and is its result. */
typedef int (*name_visitor)(void *context, enum name_kind kind, const char *text, size_t length);

/* Walks over the tokens of an XPath expression (XPath 1.0, section 3.7), so that names nobody
 * knows are found even where an evaluation would never come by. */
int expression_names(const char *text, name_visitor visit, void *context);

#endif
