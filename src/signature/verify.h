#ifndef DINGJIA_SIGNATURE_VERIFY_H
#define DINGJIA_SIGNATURE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "key/revocation.h"
#include "key/trust.h"
#include "signature/facts.h"
#include "signature/policy.h"
#include "signature/result.h"
#include "signature/xades.h"
#include "xml/load.h"

/* Verifying in two steps: what is so (signature_gather), and what that comes to under a policy as
 * of some time (signature_judge). The first needs the file, the second only the facts. */

/* So that those of one signature find room beside them. */
enum { SIGNATURE_REVOCATIONS_MAX = REVOCATION_COUNT_MAX - 2 * XADES_LIST_MAX };

struct signature_request {
    const struct xml_document *document; /* the parsed form of */
    const void *octets;                  /* exactly these octets */
    size_t length;
    const struct trust *trust;             /* NULL: paths are not looked for, so nothing can pass */
    const struct trust *tsa_trust;         /* anchors of time-stamp authorities; NULL likewise */
    const struct revocations *revocations; /* besides those embedded, at most
                                            * SIGNATURE_REVOCATIONS_MAX; may be NULL */
    int64_t at;   /* validation time: only a preference among several paths */
    bool customs; /* whether the customs' SM2 URIs of 2022 are accepted too */
};

/* Gathers the facts of every signature. `*statement`: the node every signature covers, the very one
 * that was digested; NULL unless facts_intact(). Returns 0 whenever it could look; ERROR_INPUT when
 * the document is not a certificate at all. Zeroes `out` first. */
int signature_gather(const struct signature_request *request, struct facts *out,
                     const struct xml_node **statement, struct error *err);

/* What the facts of one signature say about time. */
struct signature_times {
    bool proven;
    int64_t proven_at; /* a trusted timestamp proves that the signature existed then */
    bool has_renewal;
    int64_t renew_before; /* what proves or carries the signature now is no longer enough then */
    bool passed;
};

struct signature_report {
    struct signature_times times[FACTS_SIGNATURES_MAX]; /* as facts->signatures */
    struct check_list checks;
    enum indication indication; /* of all signatures together; the gravest decides */
};

/* Judges the facts as of `at`. Zeroes `out` first. */
int signature_judge(const struct facts *facts, const struct policy *policy, int64_t at,
                    struct signature_report *out, struct error *err);
void signature_report_free(struct signature_report *report);

#endif
