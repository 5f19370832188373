#ifndef DINGJIA_REPORT_FACTS_CHECK_H
#define DINGJIA_REPORT_FACTS_CHECK_H

#include "report/facts.h"
#include "report/facts_field.h"

/* Facts this program would never have saved: each member is one, but they do not fit together.
 * ERROR_INPUT, naming the member. */
int facts_check(struct field_reader *reader, const struct facts_document *document);

#endif
