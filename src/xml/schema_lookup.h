#ifndef DINGJIA_XML_SCHEMA_LOOKUP_H
#define DINGJIA_XML_SCHEMA_LOOKUP_H

#include "base/language.h"
#include "xml/load.h"
#include "xml/node.h"

/* Finds in the text of a schema what it says about a place in a document, so that a refusal can
 * quote the schema's own documentation. Follows nesting, named types, extensions and restrictions;
 * not groups, substitution or wildcards. NULL when nothing is found. */

/* Declaration of an element of the document, by its path from the root. */
const struct xml_node *schema_lookup_element(const struct xml_document *schema,
                                             const struct xml_node *element);

/* Declaration of a child element or of an attribute within an element's declaration. */
const struct xml_node *schema_lookup_child(const struct xml_document *schema,
                                           const struct xml_node *declaration, const char *name);
const struct xml_node *schema_lookup_attribute(const struct xml_document *schema,
                                               const struct xml_node *declaration,
                                               const char *name);

/* The simple type of a declaration. */
const struct xml_node *schema_lookup_type(const struct xml_document *schema,
                                          const struct xml_node *declaration);

/* The documentation of a declaration, a type or an enumeration value; borrowed, "" for none. */
struct bilingual schema_lookup_documentation(const struct xml_node *node);

#endif
