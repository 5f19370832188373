#ifndef DINGJIA_CERTIFICATE_VERIFICATION_H
#define DINGJIA_CERTIFICATE_VERIFICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "certificate/claims.h"
#include "signature/result.h"
#include "signature/verify.h"
#include "xml/load.h"

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
    struct signature_report signatures;
    bool has_claims; /* only when every signature value holds: never show `claims` otherwise */
    struct claims claims;
    struct verification_difference *differences;
    size_t difference_count;
    int64_t validated_at;          /* validation time, seconds since 1970 */
    struct xml_document *document; /* owned; the claims are borrowed from it */
};

void verification_result_free(struct verification_result *result);

#endif
