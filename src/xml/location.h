#ifndef DINGJIA_XML_LOCATION_H
#define DINGJIA_XML_LOCATION_H

#include "base/buffer.h"
#include "xml/load.h"

/* Line and column (in characters) of the start tag of an element, or of the element a node stands
 * in; exact however long the file. 0 where unknown. */
unsigned xml_location_line(const struct xml_node *node);
unsigned xml_location_column(const struct xml_node *node);

/* Readable path such as /record/pricing/negotiation[1]/notice[2]/@published: indexes only where
 * there are namesakes. */
void xml_location_path(const struct xml_node *node, struct buffer *out);

#endif
