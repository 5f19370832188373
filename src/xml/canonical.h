#ifndef DINGJIA_XML_CANONICAL_H
#define DINGJIA_XML_CANONICAL_H

#include "base/buffer.h"
#include "xml/load.h"

/* Exclusive canonical form (without comments, no inclusive prefixes) of the subtree at `node`,
 * appended to `out`. An empty result is a failure, never a success. ERROR_INPUT, also when it does
 * not fit into `out`. */
int xml_canonicalise(const struct xml_document *document, const struct xml_node *node,
                     struct buffer *out, struct error *err);

#endif
