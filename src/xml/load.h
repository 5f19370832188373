#ifndef DINGJIA_XML_LOAD_H
#define DINGJIA_XML_LOAD_H

#include <stddef.h>

#include "base/error.h"

/* A parsed document. Owned by whoever loaded it; nodes are borrowed from it. */
struct xml_document;

/* One element, attribute, text ... of a document, see xml/node.h. */
struct xml_node;

/* The only door to the XML parser. Refuses with ERROR_INPUT, naming line and column: anything but
 * well-formed UTF-8 XML, a DOCTYPE, entities, XInclude elements, and whatever exceeds base/limits.h
 * (octets, depth, nodes, attributes of one element). Never opens a file or a connection. */
int xml_load(const void *octets, size_t length, const char *source, struct xml_document **out,
             struct error *err);

void xml_document_free(struct xml_document *document);

/* Name given at load time, for messages. */
const char *xml_document_source(const struct xml_document *document);

const struct xml_node *xml_document_root(const struct xml_document *document);

/* The document itself as a node: the parent of the root, "/" in XPath. */
const struct xml_node *xml_document_node(const struct xml_document *document);

#endif
