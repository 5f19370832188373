#ifndef DINGJIA_RECORD_EVIDENCE_H
#define DINGJIA_RECORD_EVIDENCE_H

#include "base/error.h"
#include "xml/load.h"

/* Refuses a record that names a file outside its evidence folder. The schema's pattern forbids it
 * already; the path is used to open files, so it is checked where that is decided. */
int evidence_check(const struct xml_document *document, struct error *err);

#endif
