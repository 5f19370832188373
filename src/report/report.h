#ifndef DINGJIA_REPORT_REPORT_H
#define DINGJIA_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "rule/judgement.h"

/* What the report of one record is made from. All borrowed. */
struct report_record {
    const char *source;
    const char *record_id;
    const char *sha256;           /* of the octets as they were read, hexadecimal */
    const char *sm3;              /* of the same */
    const char *canonical_sha256; /* of the exclusive canonical form */
    bool evidence_compared;       /* whether a folder of evidence files was hashed */
    const struct judgement *judgement;
};

/* The true totals of a document of results. */
struct report_totals {
    size_t results;
    size_t verdicts[VERDICT_OUT_OF_SCOPE + 1];
    size_t passed;
    size_t failed;
    size_t indeterminate;
    size_t failures; /* inputs that could not be judged at all */
};

#endif
