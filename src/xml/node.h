#ifndef DINGJIA_XML_NODE_H
#define DINGJIA_XML_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "xml/load.h"

enum xml_kind { XML_ELEMENT, XML_ATTRIBUTE, XML_TEXT, XML_DOCUMENT, XML_OTHER };

enum xml_kind xml_node_kind(const struct xml_node *node);

/* Local name and namespace URI; the URI is "" for none. Borrowed. */
const char *xml_node_name(const struct xml_node *node);
const char *xml_node_namespace(const struct xml_node *node);
bool xml_node_is(const struct xml_node *node, const char *uri, const char *name);

/* Walking; NULL at the end. first/next see every kind of node, the element forms only elements. */
const struct xml_node *xml_node_parent(const struct xml_node *node);
const struct xml_node *xml_node_first(const struct xml_node *node);
const struct xml_node *xml_node_next(const struct xml_node *node);
const struct xml_node *xml_node_first_element(const struct xml_node *node);
const struct xml_node *xml_node_next_element(const struct xml_node *node);

/* Value of the attribute `name` in no namespace, NULL when there is none. Borrowed. */
const char *xml_node_attribute(const struct xml_node *node, const char *name);

/* Attributes one by one (as nodes of kind XML_ATTRIBUTE); NULL past the last. */
const struct xml_node *xml_node_attribute_at(const struct xml_node *node, size_t index);
const char *xml_attribute_value(const struct xml_node *attribute);

/* Namespace declarations made on this very element: prefix ("" for the default) and URI.
 * false past the last. */
bool xml_node_declaration_at(const struct xml_node *node, size_t index, const char **prefix,
                             const char **uri);

/* The text of an element that holds exactly one text node and nothing else; "" when it is empty,
 * NULL when it holds anything but that (elements, comments, CDATA, several pieces). */
const char *xml_node_text(const struct xml_node *node);

/* Content of one text or CDATA node, "" for any other kind. Borrowed. */
const char *xml_text_content(const struct xml_node *node);

/* Position in document order, for sorting. */
int xml_node_compare(const struct xml_node *a, const struct xml_node *b);

#endif
