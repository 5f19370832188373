#ifndef DINGJIA_REPORT_CHECK_JSON_H
#define DINGJIA_REPORT_CHECK_JSON_H

#include <jansson.h>

#include "report/report.h"

/* One element of "records" in schemas/report/1.0/report.schema.json; NULL when memory ran out. */
json_t *check_json_record(const struct report_record *record);

#endif
