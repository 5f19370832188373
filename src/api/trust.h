#ifndef DINGJIA_API_TRUST_H
#define DINGJIA_API_TRUST_H

#include "dingjia.h"
#include "key/revocation.h"
#include "key/trust.h"
#include "signature/policy.h"
#include "signature/verify.h"

struct dingjia_trust {
    struct trust *issuers; /* NULL where none are named, as are: */
    struct trust *authorities;
    struct revocations *revocations;
    struct policy *policy;
    bool customs;
};

/* A request for this document under this trust. */
struct signature_request trust_request(const struct dingjia_trust *trust,
                                       const struct xml_document *document,
                                       const struct dingjia_input *octets, int64_t at);

#endif
