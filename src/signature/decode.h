#ifndef DINGJIA_SIGNATURE_DECODE_H
#define DINGJIA_SIGNATURE_DECODE_H

#include "base/digest.h"
#include "base/error.h"
#include "key/key.h"
#include "key/x509.h"
#include "signature/verify.h"
#include "signature/xades.h"

/* What is decoded from the texts of one signature. */
struct decoded {
    const struct key_suite *suite;
    unsigned char statement_digest[DIGEST_LENGTH];
    unsigned char properties_digest[DIGEST_LENGTH];
    unsigned char certificate_digest[DIGEST_LENGTH];
    struct key_value value;
    struct x509_chain *chain; /* the caller's to free, whatever came back */
};

/* Decodes, strictly: there is one way to write each value. `*wrong` names the element that cannot
 * be accepted, NULL when all can. Fills in what it learns of `facts`. Returns 0 in both cases. */
int decode_signature(const struct xades *xades, struct decoded *out, struct signature_facts *facts,
                     const char **wrong, struct error *err);

#endif
