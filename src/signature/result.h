#ifndef DINGJIA_SIGNATURE_RESULT_H
#define DINGJIA_SIGNATURE_RESULT_H

#include <stddef.h>

#include "base/error.h"
#include "base/language.h"

/* ETSI EN 319 102-1 section 5.1.3. Zero is "not judged". */
enum indication {
    INDICATION_NONE = 0,
    INDICATION_TOTAL_PASSED,
    INDICATION_INDETERMINATE,
    INDICATION_TOTAL_FAILED
};

/* Why; those after TOTAL-FAILED first, then those after INDETERMINATE. */
enum subindication {
    SUBINDICATION_NONE = 0,
    SUBINDICATION_FORMAT_FAILURE,
    SUBINDICATION_HASH_FAILURE,
    SUBINDICATION_SIG_CRYPTO_FAILURE,
    SUBINDICATION_REVOKED,
    SUBINDICATION_EXPIRED,
    SUBINDICATION_NOT_YET_VALID,
    SUBINDICATION_SIG_CONSTRAINTS_FAILURE,
    SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE,
    SUBINDICATION_CERTIFICATE_CHAIN_GENERAL_FAILURE,
    SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE,
    SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    SUBINDICATION_POLICY_PROCESSING_ERROR,
    SUBINDICATION_SIGNATURE_POLICY_NOT_AVAILABLE,
    SUBINDICATION_TIMESTAMP_ORDER_FAILURE,
    SUBINDICATION_NO_SIGNING_CERTIFICATE_FOUND,
    SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND,
    SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND_NO_POE,
    SUBINDICATION_REVOKED_NO_POE,
    SUBINDICATION_REVOKED_CA_NO_POE,
    SUBINDICATION_OUT_OF_BOUNDS_NOT_REVOKED,
    SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
    SUBINDICATION_REVOCATION_OUT_OF_BOUNDS_NO_POE,
    SUBINDICATION_NO_POE,
    SUBINDICATION_TRY_LATER,
    SUBINDICATION_SIGNED_DATA_NOT_FOUND
};

/* "TOTAL-PASSED" ... and "FORMAT_FAILURE" ..., as ETSI spells them; "" for no sub-indication. */
const char *indication_name(enum indication indication);
const char *subindication_name(enum subindication subindication);

/* TOTAL-FAILED or INDETERMINATE, as ETSI pairs them; TOTAL-PASSED for none. */
enum indication subindication_indication(enum subindication subindication);

enum check_status {
    CHECK_NOT_RUN = 0,
    CHECK_PASSED,
    CHECK_FAILED,
    CHECK_INDETERMINATE,
    CHECK_WARNING /* not as it should be, but the policy lets it pass */
};

/* "not-run", "passed", "failed", "indeterminate", "warning". */
const char *check_status_name(enum check_status status);

/* How much it matters when a check fails. */
enum check_level { LEVEL_FAIL = 0, LEVEL_WARN, LEVEL_IGNORE };

/* "FC" (format), "ISC" (signing certificate), "VCI" (policy), "XCV" (certificate path), "RFC"
 * (revocation freshness), "CV" (cryptography), "SAV" (acceptance), "POE" (proof of existence): the
 * building block of EN 319 102-1 section 5.2 a check belongs to; "" for those that are our own. */
const char *check_block(const char *id);

/* The id of static duration that is spelt so; NULL when there is no such check. */
const char *check_id(const char *name);

/* One thing that was looked at, and what was found. */
struct check {
    const char *id;     /* "format", "digests", "record" ...: names of static duration */
    unsigned signature; /* which ds:Signature it is about, from 1; 0: the certificate as a whole */
    enum check_status status;
    enum subindication subindication; /* what it means for the whole; none unless it decides */
    char *zh;
    char *en;
};

enum { CHECK_LIST_MAX = 256 };

/* In the order in which things were looked at. Zero it before use. */
struct check_list {
    struct check *items;
    size_t count;
    enum error_code failed; /* sticky: ERROR_MEMORY when a check could not be recorded */
};

/* A check as it is recorded, without its text. */
struct check_mark {
    const char *id;
    unsigned signature;
    enum subindication subindication; /* none: passed */
    enum check_level level;           /* LEVEL_IGNORE: it is recorded as not run */
};

/* Records a check with its text (same arguments for both languages). The status follows from the
 * sub-indication: none passed, else failed or indeterminate. */
void check_add(struct check_list *list, struct check_mark mark, const char *zh, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Likewise, with a text that exists already. */
void check_add_text(struct check_list *list, struct check_mark mark, struct bilingual text);

/* Records something that was not looked at, and why. */
void check_add_not_run(struct check_list *list, const char *id, struct bilingual why);

void check_list_clear(struct check_list *list);

/* The check that decides: the first failed one, else the first indeterminate one, else NULL. */
const struct check *check_list_decisive(const struct check_list *list);

#endif
