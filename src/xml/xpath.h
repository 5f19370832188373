#ifndef DINGJIA_XML_XPATH_H
#define DINGJIA_XML_XPATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "xml/load.h"

/* XPath 1.0 with EXSLT dates (date:seconds, date:add, date:difference in
 * http://exslt.org/dates-and-times) and document() over documents that were handed in by name.
 * Not thread-safe: one struct xml_xpath, with its own expressions, per thread. */
struct xml_xpath;
struct xml_expression;
struct xml_value;

int xml_xpath_new(struct xml_xpath **out, struct error *err);
void xml_xpath_free(struct xml_xpath *xpath);

int xml_xpath_namespace(struct xml_xpath *xpath, const char *prefix, const char *uri);

/* document('name') yields this document, which stays the caller's and must outlive `xpath`.
 * Any other argument of document() is an evaluation error. */
int xml_xpath_document(struct xml_xpath *xpath, const char *name,
                       const struct xml_document *document);

/* Binds $name; the value is taken over. A NULL value unbinds. */
int xml_xpath_variable(struct xml_xpath *xpath, const char *name, struct xml_value *value);

/* Begins another record: LIMIT_XPATH_RECORD_OPERATIONS are counted from here. */
void xml_xpath_restart(struct xml_xpath *xpath);

/* ERROR_CONFIG when the text does not compile, or names a prefix or a function nobody knows, even
 * in a branch that would never be evaluated. Register namespaces first; `xpath` must outlive the
 * expression. */
int xml_expression_compile(struct xml_xpath *xpath, const char *text, struct xml_expression **out,
                           struct error *err);
void xml_expression_free(struct xml_expression *expression);

/* Names of the variables the expression uses, NULL past the last; a name may come twice. */
const char *xml_expression_variable_at(const struct xml_expression *expression, size_t index);

/* Evaluates at `node` of `document` (NULL: the document node itself), position and size 1. Every
 * failure is ERROR_CONFIG: a variable that is not bound (wherever it stands in the expression), an
 * unknown document, the operation limits. */
int xml_expression_evaluate(struct xml_expression *expression, const struct xml_document *document,
                            const struct xml_node *node, struct xml_value **out, struct error *err);

enum xml_value_type { XML_VALUE_BOOLEAN, XML_VALUE_NUMBER, XML_VALUE_STRING, XML_VALUE_NODES };

void xml_value_free(struct xml_value *value);
int xml_value_from_string(const char *text, struct xml_value **out);
int xml_value_copy(const struct xml_value *value, struct xml_value **out);
enum xml_value_type xml_value_type(const struct xml_value *value);
bool xml_value_boolean(const struct xml_value *value); /* XPath's boolean() */
double xml_value_number(const struct xml_value *value);
void xml_value_string(const struct xml_value *value, struct buffer *out); /* string() */
size_t xml_value_node_count(const struct xml_value *value);
const struct xml_node *xml_value_node_at(const struct xml_value *value, size_t index);

#endif
