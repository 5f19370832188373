#ifndef DINGJIA_XML_XPATH_INTERNAL_H
#define DINGJIA_XML_XPATH_INTERNAL_H

/* Shared by xpath.c, expression.c, value.c and functions.c. */

#include <libxml/xpath.h>

#include "xml/internal.h"
#include "xml/xpath.h"

struct xml_value {
    xmlXPathObjectPtr object;
};

struct xpath_document {
    struct xpath_document *next;
    const struct xml_document *document;
    char *name;
};

struct xml_xpath {
    xmlXPathContextPtr context;
    struct xpath_document *documents;
    struct error *err; /* of the compilation or evaluation under way */
    const char *expression;
    unsigned long spent; /* operations since the last xml_xpath_restart() */
};

/* Makes an owned value of `object`, which is freed when that fails. */
int xml_value_wrap(xmlXPathObjectPtr object, struct xml_value **out);

/* Registers date:seconds, date:add, date:difference and document(). 0 or -1. */
int functions_register(xmlXPathContextPtr context);

/* Whether `name` (of `length` octets, "prefix:local" or a core function) can be called. */
bool functions_know(xmlXPathContextPtr context, const char *name, size_t length);

#endif
