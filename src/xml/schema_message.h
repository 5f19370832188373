#ifndef DINGJIA_XML_SCHEMA_MESSAGE_H
#define DINGJIA_XML_SCHEMA_MESSAGE_H

#include <libxml/xmlerror.h>

#include "base/error.h"
#include "xml/load.h"

/* Says in plain words what a schema validator complained about: what was found, what the schema
 * expects there, and where. `schema` is the schema's own text. */
void schema_message_set(struct error *err, const xmlError *error, const struct xml_document *schema,
                        const struct xml_document *document);

#endif
