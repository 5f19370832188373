#ifndef DINGJIA_CERTIFICATE_VERIFICATION_H
#define DINGJIA_CERTIFICATE_VERIFICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "certificate/claims.h"
#include "signature/facts.h"
#include "signature/result.h"
#include "signature/verify.h"
#include "xml/load.h"

enum { VERIFICATION_TEXT_SIZE = 128 };

/* One condition that a recheck judged otherwise than the certificate states. Borrowed texts, except
 * the last. */
struct verification_difference {
    const char *label;  /* condition id, or "safe-harbour", "lawful-pricing" */
    const char *stated; /* outcome or verdict in the certificate */
    char *found;        /* now */
};

/* Everything `verify` found, for api/ to fill and report/ to show. Zero is "not judged". */
struct verification_result {
    enum indication indication;
    enum subindication subindication;
    const struct check *decisive; /* the check that decides; NULL for TOTAL-PASSED */
    struct check_list checks;     /* all of them, those of the signatures first */
    struct facts facts;
    struct signature_report signatures;
    const struct policy *policy; /* the one it was judged under; borrowed */
    bool from_facts; /* judged from saved facts: the certificate itself was not looked at */
    char certificate_sha256[DIGEST_HEX_SIZE];
    char serial[VERIFICATION_TEXT_SIZE]; /* "" while unknown */
    char record_number[VERIFICATION_TEXT_SIZE];
    bool has_claims; /* only when every signature value holds: never show `claims` otherwise */
    struct claims claims;
    struct verification_difference *differences;
    size_t difference_count;
    int64_t validated_at;          /* validation time, seconds since 1970 */
    struct xml_document *document; /* owned; the claims are borrowed from it */
};

void verification_result_free(struct verification_result *result);

#endif
