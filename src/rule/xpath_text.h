#ifndef DINGJIA_RULE_XPATH_TEXT_H
#define DINGJIA_RULE_XPATH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* What can be told from the text of an XPath expression without evaluating it. */

/* The next $name outside literals, at or after `at`: its name (without '$') and length; NULL when
 * there is none. Go on from name + length. */
const char *xpath_text_next_variable(const char *at, size_t *length);

bool xpath_text_has_variable(const char *text);

/* "days" for "$days", "date" for "@date" (white space around allowed), else NULL; with length. */
const char *xpath_text_plain_name(const char *text, size_t *length);

/* Turns a rule context (an XSLT pattern) into an expression that selects the nodes it matches when
 * evaluated at the document: "a | /b" gives "//a | /b". -1 when the text is not such a pattern:
 * a variable, a function, "." or "..", another axis than child and attribute. */
int xpath_text_select_context(const char *context, struct buffer *out);

/* Replaces every "$name" by `value` in `text`, as parameters of abstract patterns are. */
void xpath_text_substitute(const char *text, const char *name, const char *value,
                           struct buffer *out);

#endif
