#ifndef DINGJIA_REPORT_VERIFY_JSON_H
#define DINGJIA_REPORT_VERIFY_JSON_H

#include <jansson.h>

#include "certificate/verification.h"

/* One element of "certificates" in schemas/report/1.0/verification.schema.json; NULL when memory
 * ran out. */
json_t *verify_json_certificate(const char *source, const struct verification_result *result);

#endif
