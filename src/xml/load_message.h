#ifndef DINGJIA_XML_LOAD_MESSAGE_H
#define DINGJIA_XML_LOAD_MESSAGE_H

#include <libxml/xmlerror.h>

#include "base/error.h"

/* Records what the XML parser complained about as ERROR_INPUT in plain words, with its place. */
void load_message_set(struct error *err, const xmlError *error);

#endif
