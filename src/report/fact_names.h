#ifndef DINGJIA_REPORT_FACT_NAMES_H
#define DINGJIA_REPORT_FACT_NAMES_H

#include "key/key.h"
#include "key/path.h"
#include "key/revocation.h"
#include "key/timestamp.h"
#include "signature/facts.h"

/* How facts are spelt in JSON: names of static duration. */
const char *fact_name(enum fact fact);                           /* "unknown", "holds", "fails" */
const char *fact_name_value(enum key_judgement judgement);       /* "not-judged", "good" ... */
const char *fact_name_path(enum path_status status);             /* "not-judged", "complete" ... */
const char *fact_name_timestamp(enum timestamp_status status);   /* "not-judged", "good" ... */
const char *fact_name_kind(enum revocation_kind kind);           /* "crl", "ocsp" */
const char *fact_name_revocation(enum revocation_status status); /* "silent", "good", "revoked" */

/* How many there are of each, for whoever looks one up by its name. */
enum {
    FACT_NAMES = FACT_FAILS + 1,
    FACT_NAMES_VALUE = KEY_UNFIT + 1,
    FACT_NAMES_PATH = PATH_UNFIT + 1,
    FACT_NAMES_TIMESTAMP = TIMESTAMP_WEAK + 1,
    FACT_NAMES_KIND = REVOCATION_OCSP + 1,
    FACT_NAMES_REVOCATION = REVOCATION_REVOKED + 1
};

/* The element a signature may be unreadable for; NULL when none is called so. */
const char *fact_element(const char *name);

/* The baseline level of EN 319 132-1 as found, whoever trusts it: "B-B", "B-T" with a timestamp
 * that is good, "B-LT" with certificates and revocation data besides; NULL while unreadable. */
const char *fact_level(const struct signature_facts *facts);

/* The authority of the timestamp; NULL when its certificate could not be read. */
const char *fact_authority(const struct timestamp_facts *timestamp);

#endif
