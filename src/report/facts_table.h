#ifndef DINGJIA_REPORT_FACTS_TABLE_H
#define DINGJIA_REPORT_FACTS_TABLE_H

#include "report/facts_field.h"

/* Of struct facts_document. */
extern const struct field facts_table[];

#endif
