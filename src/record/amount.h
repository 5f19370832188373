#ifndef DINGJIA_RECORD_AMOUNT_H
#define DINGJIA_RECORD_AMOUNT_H

#include "base/error.h"
#include "xml/load.h"

/* Amounts that stand as the text of an element must be written in one piece. ERROR_INPUT with the
 * line for text that a comment, an instruction or CDATA breaks up, or that blanks surround. */
int amount_check(const struct xml_document *document, struct error *err);

#endif
