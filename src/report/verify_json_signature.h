#ifndef DINGJIA_REPORT_VERIFY_JSON_SIGNATURE_H
#define DINGJIA_REPORT_VERIFY_JSON_SIGNATURE_H

#include <jansson.h>

#include "certificate/verification.h"

/* One element of "signatures" of a verified certificate; NULL when memory ran out. */
json_t *verify_json_signature(const struct verification_result *result, size_t index);

#endif
